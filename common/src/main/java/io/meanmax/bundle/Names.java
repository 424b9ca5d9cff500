package io.meanmax.bundle;

import java.util.regex.Pattern;

/** Which names may become folders and files of the registry. */
public final class Names {

  /** Which these are, in words. */
  public static final String RULE =
      "1 to 128 of the letters A-Z and a-z, digits, '.', '_' and '-', the first neither '.' nor '_'";

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9-][A-Za-z0-9._-]{0,127}");

  private Names() {}

  /** Whether {@link #RULE} holds. */
  public static boolean valid(String name) {
    return VALID.matcher(name).matches();
  }

  static String model(String name) {
    return require("model name", name);
  }

  static String version(String name) {
    if (name.equals(ModelRegistry.CURRENT)) {
      throw new BundleException("'current' names the live version and cannot be a version's name");
    }
    return require("version", name);
  }

  static String file(String name) {
    return require("file name", name);
  }

  private static String require(String kind, String name) {
    if (!valid(name)) {
      throw new BundleException("Bad %s '%s': use %s".formatted(kind, name, RULE));
    }
    return name;
  }
}
