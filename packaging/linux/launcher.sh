#!/bin/sh
# Starts @NAME@ with the Java runtime of the installation that contains this file, at any location.
program=$0
case $program in
  */*) ;;
  *) program=./$program ;; # for `sh @NAME@`
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

# Intended for the java of a JDK, not for this runtime. Child processes of Oriel get it back.
if [ -n "${JDK_JAVA_OPTIONS+set}" ]; then
  export ORIEL_JDK_JAVA_OPTIONS="$JDK_JAVA_OPTIONS"
  unset JDK_JAVA_OPTIONS
fi

exec "$home/lib/runtime/bin/@NAME@" \
  "-Djpackage.app-path=$home/bin/@NAME@" \
@OPTIONS@
  -classpath "@CLASSPATH@" \
  @MAIN@ "$@"
