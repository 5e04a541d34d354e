-- Who wants to hear of builds, what is on its way to whom, and how far the events have been read for
-- that; docs/notifications.md.

CREATE DOMAIN target_kind AS text
  CONSTRAINT target_kind_is_known CHECK (VALUE IN ('webhook', 'github', 'email', 'slack', 'irc'));
CREATE DOMAIN send_occasion AS text
  CONSTRAINT send_occasion_is_known CHECK (VALUE IN ('always', 'never', 'change'));

-- Read for every event of a build, so it stays narrow; what is secret of a target is encrypted before
-- it comes here, with a key that the database never sees.
CREATE TABLE subscriptions (
  id               uuid PRIMARY KEY,
  build_id         bigint REFERENCES builds (id) ON DELETE CASCADE,
  created_at       timestamptz NOT NULL DEFAULT now(),
  updated_at       timestamptz NOT NULL DEFAULT now(),
  disabled_at      timestamptz,
  failing_since    timestamptz,
  failures         integer NOT NULL DEFAULT 0,
  on_pull_requests boolean NOT NULL,
  kind             target_kind NOT NULL,
  on_success       send_occasion NOT NULL,
  on_failure       send_occasion NOT NULL,
  on_start         send_occasion NOT NULL,
  name             build_text,
  owner            owner_name,
  repository       repository_name,
  branch           build_text,
  disabled_reason  short_reason,
  events           text[] NOT NULL DEFAULT '{}',
  target           jsonb NOT NULL,
  secrets          bytea,
  audience         text GENERATED ALWAYS AS (
    CASE WHEN build_id IS NOT NULL THEN NULL
         WHEN repository IS NOT NULL THEN 'repository:' || repository
         WHEN owner IS NOT NULL THEN 'owner:' || owner
         ELSE 'all' END) STORED,
  CONSTRAINT target_is_an_object CHECK (jsonb_typeof(target) = 'object'),
  CONSTRAINT target_is_bounded CHECK (length(target::text) <= 65536),
  CONSTRAINT secrets_are_bounded CHECK (length(secrets) <= 65536),
  CONSTRAINT failing_since_iff_failures CHECK ((failures = 0) = (failing_since IS NULL)),
  CONSTRAINT disabled_for_a_reason CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL))
);

COMMENT ON COLUMN subscriptions.build_id IS 'of those that stand in a build''s config: they are for it alone';
COMMENT ON COLUMN subscriptions.events IS 'kinds of events; empty: the usual ones of its kind of target';
COMMENT ON COLUMN subscriptions.audience IS 'whose builds it is for, in one word; null for those of a build';
COMMENT ON COLUMN subscriptions.failures IS 'deliveries that died since the last one that arrived';
COMMENT ON COLUMN subscriptions.failing_since IS 'when the first of those was made';

-- Serve the question who may want an event: those of its audiences, and those of its build.
CREATE INDEX subscriptions_of_audience ON subscriptions (audience, id) WHERE audience IS NOT NULL;
CREATE INDEX subscriptions_of_build ON subscriptions (build_id, id) WHERE build_id IS NOT NULL;

-- Serves the list of those that are not of a build.
CREATE INDEX subscriptions_standing ON subscriptions (id) WHERE build_id IS NULL;

-- One row for each event and subscription that wants it. Its id goes with the message at every attempt.
CREATE TABLE deliveries (
  id              uuid PRIMARY KEY,
  event_id        bigint NOT NULL,
  subscription_id uuid NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
  build_id        bigint NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT now(),
  due_at          timestamptz NOT NULL DEFAULT now(),
  dies_at         timestamptz NOT NULL DEFAULT now() + interval '24 h',
  claimed_until   timestamptz,
  delivered_at    timestamptz,
  attempts        integer NOT NULL DEFAULT 0,
  state           text NOT NULL DEFAULT 'pending',
  last_error      short_reason,
  last_detail     short_reason,
  CONSTRAINT delivery_state_is_known CHECK (state IN ('pending', 'delivered', 'dead', 'skipped')),
  CONSTRAINT delivered_at_iff_delivered CHECK ((state = 'delivered') = (delivered_at IS NOT NULL)),
  CONSTRAINT claimed_only_while_pending CHECK (claimed_until IS NULL OR state = 'pending'),
  CONSTRAINT one_delivery_per_event_and_subscription UNIQUE (event_id, subscription_id)
) WITH (fillfactor = 80);

COMMENT ON COLUMN deliveries.due_at IS 'when it may be claimed; of a claimed one, when its claim ends';
COMMENT ON COLUMN deliveries.attempts IS 'how often it was claimed; the number of an attempt is its fence';

-- Serves the claims: subscription by subscription, what is due there first.
CREATE INDEX deliveries_due ON deliveries (subscription_id, due_at) WHERE state = 'pending';

-- Serves the claims, too: how many of a subscription are under way.
CREATE INDEX deliveries_claimed ON deliveries (subscription_id) WHERE claimed_until IS NOT NULL;

-- Serves the question what goes before a delivery, and what comes after it.
CREATE INDEX deliveries_in_order ON deliveries (subscription_id, build_id, event_id) WHERE state = 'pending';

-- Serves the look whether anything is pending, and since when.
CREATE INDEX deliveries_pending ON deliveries (created_at) WHERE state = 'pending';

-- Serves the list of a subscription's deliveries, state by state, and its end.
CREATE INDEX deliveries_of_subscription ON deliveries (subscription_id, state, id);

-- Serves the pruner.
CREATE INDEX deliveries_over ON deliveries (created_at) WHERE state <> 'pending';

-- Everything up to last_id that the snapshot sees has become deliveries.
CREATE TABLE outbox (
  one_row boolean PRIMARY KEY DEFAULT true,
  last_id bigint NOT NULL,
  seen    pg_snapshot NOT NULL,
  CONSTRAINT outbox_has_one_row CHECK (one_row)
) WITH (fillfactor = 50);

-- Nobody is told, and no commit waits for the lock of all notifications, while nobody has subscribed.
CREATE FUNCTION hint_at_builds() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM pg_notify('junction_event', '') WHERE EXISTS (SELECT FROM subscriptions);
  RETURN NULL;
END
$$;

CREATE TRIGGER new_builds_hinted_at AFTER INSERT ON builds
  FOR EACH STATEMENT EXECUTE FUNCTION hint_at_builds();
CREATE TRIGGER builds_hinted_at AFTER UPDATE OF state ON builds
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION hint_at_builds();

-- A config that names whom to notify makes subscriptions, which the first event of its build needs.
CREATE FUNCTION hint_at_notifications() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM pg_notify('junction_event', '');
  RETURN NULL;
END
$$;

CREATE TRIGGER notifications_hinted_at AFTER INSERT ON build_configs
  FOR EACH ROW WHEN (NEW.config ? 'notifications') EXECUTE FUNCTION hint_at_notifications();
