package io.junction.common.subscription;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What API and dispatcher have to agree on about notifications, {@code junction.notifications.*}.
 *
 * @param key {@code JUNCTION_NOTIFICATIONS_KEY}: encrypts what is secret of a target; 32 bytes in
 *     base64, up to 10 with commas between them. The first encrypts, all decrypt, so that a key can
 *     be replaced. Without one, a subscription that has secrets is refused
 * @param allowPrivateTargets Whether messages may go to addresses that are not public: of this
 *     machine, of a private network. Default false
 */
@Validated
@ConfigurationProperties("junction.notifications")
public record NotificationProperties(
    @DefaultValue @Size(max = 10)
        List<
                @Pattern(
                    regexp = "[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=",
                    message = "must be 32 bytes in base64, as of openssl rand -base64 32")
                String>
            key,
    @DefaultValue("false") boolean allowPrivateTargets) {

  /** Not the keys: a record's own would end in a log one day. */
  @Override
  public String toString() {
    return "NotificationProperties[" + key.size() + " keys, " + allowPrivateTargets + "]";
  }
}
