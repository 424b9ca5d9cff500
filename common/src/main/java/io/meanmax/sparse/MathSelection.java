package io.meanmax.sparse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the inner loops once for the JVM: the Vector API's where it is there, else the scalar.
 */
final class MathSelection {
  private static final Logger log = LoggerFactory.getLogger(MathSelection.class);
  private static final String MODULE = "jdk.incubator.vector";
  private static final String IMPLEMENTATION = "io.meanmax.sparse.VectorApiMath";

  /** The inner loops of this JVM; a constant, so that the compiler inlines them. */
  static final VectorMath SELECTED = select();

  private MathSelection() {}

  private static VectorMath select() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      log.warn(
          "Computing with the scalar kernel, several times slower: this JVM was started without"
              + " --add-modules {}; give it to driver and executors",
          MODULE);
      return new ScalarMath();
    }
    try {
      VectorMath math =
          Class.forName(IMPLEMENTATION)
              .asSubclass(VectorMath.class)
              .getDeclaredConstructor()
              .newInstance();
      log.info(
          "Computing with the kernel of the {}: this JVM has the module {}", math.name(), MODULE);
      return math;
    } catch (ReflectiveOperationException | LinkageError e) {
      log.warn("Computing with the scalar kernel: the Vector API cannot be used", e);
      return new ScalarMath();
    }
  }
}
