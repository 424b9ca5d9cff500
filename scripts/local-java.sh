# Read by the scripts that start a JVM of their own, after they set root. Sets
#   java        the command with the options that a local run goes fastest with
#   class_path  MeanMax, what it brings, and Spark
#   archive     the archive of classes that scripts/class-archive makes
runtime=$root/spark-jobs/target/runtime
class_path="$runtime/app/*:$runtime/spark/*"
archive=$runtime/classes.jsa

# The build copies our own jar last.
if ! ls "$runtime"/app/meanmax-spark-jobs-*.jar >/dev/null 2>&1; then
  echo "${0##*/}: not built yet. Build it with: mvn -DskipTests package" >&2
  exit 1
fi
export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}

# A heap that need not grow first, nor again. The collector that begins large arrays, and so the vectors of words, on a
# cache line (docs/decisions/0026): with few and long collections, since nobody waits for an answer here, and marking
# late, for that takes a processor.
java=(java @"$root/conf/java.options" -XX:InitialRAMPercentage=8 -XX:MaxHeapFreeRatio=100)
java+=(-XX:+UseG1GC -XX:MaxGCPauseMillis=2000 -XX:G1RSetUpdatingPauseTimePercent=50)
java+=(-XX:InitiatingHeapOccupancyPercent=80 -XX:-G1UseAdaptiveIHOP)
# The kernel's loops are compiled after a tenth as many calls as others: until then each vector is an object
# (docs/decisions/0023).
java+=(-XX:CompileCommand=quiet '-XX:CompileCommand=CompileThresholdScaling,io.meanmax.sparse.*::*,0.1')
# Always with a profile of the Vector API's own methods, however many wait to be compiled: in one JVM of forty there was
# none, and the loops made objects of vectors as long as it ran.
java+=(-XX:Tier3DelayOn=100000)
# Huge pages, where the kernel gives them on request: words lie all over a table of hundreds of MB.
if grep -qs '\[madvise\]' /sys/kernel/mm/transparent_hugepage/enabled; then
  java+=(-XX:+UseTransparentHugePages)
fi
# The JVM itself looks whether the archive is of these jars, and goes on without it if not. JDK 17 crashes where a
# flight recording or an agent looks at the archive's classes.
if [ -f "$archive" ] && [[ ! "${JAVA_TOOL_OPTIONS-} ${JDK_JAVA_OPTIONS-}" =~ FlightRecord|agent ]]; then
  java+=(-XX:SharedArchiveFile="$archive" -Xlog:cds=off -Xlog:cds+dynamic=off)
fi
java+=(-Dlog4j2.configurationFile="$root/conf/log4j2.properties")
