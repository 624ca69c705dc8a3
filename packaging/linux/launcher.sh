#!/bin/sh
# Starts @NAME@ in the Java runtime of the folder that this file lies in, wherever that folder is.
program=$0
case $program in
  */*) ;;
  *) program=./$program ;; # as in `sh @NAME@`
esac
while [ -h "$program" ]; do
  target=$(readlink "$program") || exit
  case $target in
    /*) program=$target ;;
    *) program=${program%/*}/$target ;;
  esac
done
unset CDPATH
home=$(cd -P -- "${program%/*}/.." && pwd) || exit
app=$home/lib/app

# Meant for the java of a JDK, not for this one. What Oriel starts has it back.
if [ -n "${JDK_JAVA_OPTIONS+set}" ]; then
  export ORIEL_JDK_JAVA_OPTIONS="$JDK_JAVA_OPTIONS"
  unset JDK_JAVA_OPTIONS
fi

exec "$home/lib/runtime/bin/@NAME@" \
  "-Djpackage.app-path=$home/bin/@NAME@" \
@OPTIONS@
  -classpath "@CLASSPATH@" \
  @MAIN@ "$@"
