# Read by scripts/meanmax, submit-yarn and submit-kubernetes, with the script's name and a file of settings:
# sets jar, the application jar, if it is not set, and submit, the beginning of a call of spark-submit. The
# settings go one by one, because with --properties-file spark-submit would read none of SPARK_HOME's own.
if [ -z "${SPARK_HOME:-}" ]; then
  echo "$1: SPARK_HOME is not set. Set it to a Spark 3.5 for Scala 2.12" >&2
  exit 2
fi
if [ ! -x "$SPARK_HOME/bin/spark-submit" ]; then
  echo "$1: no bin/spark-submit in SPARK_HOME, $SPARK_HOME" >&2
  exit 2
fi
: "${jar:=$(ls "$root"/spark-jobs/target/meanmax-spark-jobs-*-all.jar 2>/dev/null)}"
[ -n "$jar" ] || {
  echo "$1: not built yet. Build it with: mvn -DskipTests package" >&2
  exit 1
}
submit=("$SPARK_HOME/bin/spark-submit" --class io.meanmax.job.cli.Main)
while read -r key value; do
  case $key in '' | \#*) continue ;; esac
  submit+=(--conf "$key=$value")
done <"$2"
