# Runs a command on a leash: bash -p -c THIS junction LEASE MARK COMMAND [ARGUMENT …], as the leader of a new session.
#
# fd 0 is a pipe whose other end only the worker holds. A watcher in the command's own group reads it. When the worker is
# gone, by whatever means, the pipe ends and the watcher kills the session. For an exclusive job LEASE is the number of
# seconds that the lease still has, and every line from the worker is a new one: when none comes in time, because the
# worker is cut off or stopped, the watcher kills as well. LEASE is - for any other job.
#
# MARK is a file that is made when the command cannot be started, to tell that from a command that ends with 127.

exec 3<&0 0</dev/null

(
  trap '' TERM INT HUP QUIT USR1 USR2 PIPE # it outlives the grace that the command is given
  LC_ALL=C # read -t takes its decimal point from the locale
  lease=$1
  if [ "$lease" = - ]; then
    while IFS= read -r -u 3 _; do :; done
  else
    while IFS= read -r -t "$lease" -u 3 lease; do :; done
  fi
  # Commands like timeout(1) make groups of their own, so the session is looked through before the group is killed, and
  # again until nobody new was found, for a process may fork while it is looked for.
  for _ in 1 2 3 4 5; do
    found=0
    for stat in /proc/[0-9]*/stat; do
      line=
      IFS= read -r -d '' line <"$stat" # to the end of the file: a name may hold a line break
      [ -n "$line" ] || continue
      pid=${line%% *}
      set -- ${line##*) } # state, parent, group, session; the name before them may hold anything
      if [ "$4" = $$ ] && [ "$1" != Z ] && [ "$pid" != "$BASHPID" ]; then
        kill -KILL "$pid" && found=1
      fi
    done
    [ $found = 1 ] || break
  done
  kill -KILL -- -$$
) >/dev/null 2>&1 &

mark=$2
shift 2
shopt -s execfail
exec -- "$@" 3<&-
code=$?
: >"$mark"
exit $code
