# Finds the JDK that Junction is built and run with. Sourced by ../mvnw and ../junction.
#
# find_jdk exports JAVA_HOME: the one that is set if it is new enough, else the one on the PATH, else
# the lowest that is new enough in the usual folders. JUNCTION_JDK_FOLDERS (folders of JDKs, divided
# by colons) replaces the usual ones.

JUNCTION_JAVA=25

# The major version of the JDK in folder $1; nothing if there is none.
jdk_version() {
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release" | head -n 1
  else
    "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p' | head -n 1
  fi
}

is_new_enough() {
  version=$(jdk_version "$1")
  [ "${version:-0}" -ge "$JUNCTION_JAVA" ]
}

# The file that a chain of symbolic links ends at, without readlink -f, which old macOS lacks.
behind_links() {
  (
    file=$1
    while [ -h "$file" ]; do
      cd "$(dirname "$file")" || exit 1
      file=$(readlink "$(basename "$file")")
    done
    cd "$(dirname "$file")" && printf '%s/%s\n' "$(pwd -P)" "$(basename "$file")"
  )
}

jdks_in_the_usual_folders() {
  if [ -n "${JUNCTION_JDK_FOLDERS:-}" ]; then
    printf '%s\n' "$JUNCTION_JDK_FOLDERS" | tr ':' '\n' | while IFS= read -r folder; do
      printf '%s\n' "$folder"/*
    done
    return
  fi
  printf '%s\n' /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
    "$HOME"/.asdf/installs/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v "$JUNCTION_JAVA+" 2>/dev/null || true
  fi
}

# "<version> <folder>" for each JDK there is; for the choice as for the message that there is none.
jdks_there_are() {
  jdks_in_the_usual_folders | while IFS= read -r folder; do
    version=$(jdk_version "$folder")
    [ -z "$version" ] || printf '%s %s\n' "$version" "$folder"
  done | sort -n
}

find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && is_new_enough "$JAVA_HOME"; then
    export JAVA_HOME
    return 0
  fi
  javac=$(command -v javac || true)
  if [ -n "$javac" ]; then
    home=$(dirname "$(dirname "$(behind_links "$javac")")")
    if is_new_enough "$home"; then
      export JAVA_HOME="$home"
      return 0
    fi
  fi
  there=$(jdks_there_are)
  home=$(printf '%s\n' "$there" | while read -r version folder; do
    if [ "${version:-0}" -ge "$JUNCTION_JAVA" ]; then
      printf '%s\n' "$folder"
      break
    fi
  done)
  if [ -n "$home" ]; then
    export JAVA_HOME="$home"
    return 0
  fi
  {
    echo "Junction needs a JDK $JUNCTION_JAVA or newer (with javac), and found none."
    echo "It looked at:"
    echo "  JAVA_HOME: $(described "${JAVA_HOME:-}")"
    echo "  javac on the PATH: $(described "${javac:+$(dirname "$(dirname "$(behind_links "$javac")")")}")"
    echo "  ${JUNCTION_JDK_FOLDERS:-/usr/lib/jvm, /usr/java, /opt, ~/.sdkman, ~/.jdks, /Library/Java and the like}:"
    if [ -n "$there" ]; then
      printf '%s\n' "$there" | sed 's/^\([0-9]*\) \(.*\)/    version \1 in \2/'
    else
      echo "    no JDK at all"
    fi
    echo "Install one, for example"
    echo "  Debian 13, Ubuntu 25.10 and newer:  apt-get install openjdk-25-jdk-headless"
    echo "  Fedora:                             dnf install java-25-openjdk-devel"
    echo "  macOS with Homebrew:                brew install openjdk@25"
    echo "  anywhere with SDKMAN:               sdk install java 25-tem"
    echo "or unpack any JDK $JUNCTION_JAVA and set JAVA_HOME to its folder."
  } >&2
  return 1
}

described() {
  if [ -z "$1" ]; then
    echo "none"
  else
    version=$(jdk_version "$1")
    echo "$1 ($([ -n "$version" ] && echo "version $version" || echo "no JDK"))"
  fi
}
