#!/bin/sh
# hotpatch: this script and the jar behind it are one file.
# HOTPATCH_JAVA or JAVA_HOME choose the Java (17 or later); HOTPATCH_JAVA_OPTS is handed to it.
self=$0
java=${HOTPATCH_JAVA:-}
if [ -z "$java" ]; then
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then java=$JAVA_HOME/bin/java; else java=java; fi
fi
if ! command -v "$java" >/dev/null 2>&1; then
  echo "hotpatch: no Java found: install one (17 or later) or name it in HOTPATCH_JAVA" >&2
  exit 1
fi
# Only node and mirror run long enough to earn back what the second compiler costs; the others take half of the processor time without it.
case ${1:-} in node | mirror) tiers= ;; *) tiers=-XX:TieredStopAtLevel=1 ;; esac
# A class-data archive beside the file, if the package came with one, only shortens the start.
archive=$self.jsa
if [ -f "$archive" ]; then set -- -XX:SharedArchiveFile="$archive" -jar "$self" "$@"; else set -- -jar "$self" "$@"; fi
if [ -t 2 ]; then set -- -Dhotpatch.terminal=true "$@"; fi
# shellcheck disable=SC2086 # options are separate words
exec "$java" -Xshare:auto -Xlog:disable -XX:+UseSerialGC $tiers ${HOTPATCH_JAVA_OPTS:-} "$@"
