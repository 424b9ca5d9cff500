package io.meanmax.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meanmax.Serialized;
import io.meanmax.network.Dl4jNetwork;
import io.meanmax.network.NetworkParameters;
import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import io.meanmax.text.CaseFolding;
import io.meanmax.text.Normalization;
import io.meanmax.text.TextPipeline;
import io.meanmax.text.TokenizerSpec;
import io.meanmax.vocabulary.Labels;
import io.meanmax.vocabulary.Vocabulary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles of somebody who means harm, and can make every checksum right. */
class HostileBundleTest {
  private static final NetworkSpec SPEC =
      new NetworkSpec(4, 2, new Pooling.Mean(), List.of(), new Output.Softmax(2));
  private static final String COEFFICIENTS = "coefficients.bin";
  private static final int ABOVE_64_MIB = (1 << 26) + 1;

  @TempDir private java.nio.file.Path folder;
  private Map<String, byte[]> entries;

  /** Says so when somebody deserialises it. */
  private static final class Payload implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger READ = new AtomicInteger();

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      READ.incrementAndGet();
    }
  }

  @BeforeEach
  void network() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Dl4jNetwork.write(NetworkParameters.initial(SPEC, 1), bytes);
    entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
  }

  /** Puts an entry before all others. */
  private void smuggle(String name, byte[] content) {
    Map<String, byte[]> others = new LinkedHashMap<>(entries);
    entries.clear();
    entries.put(name, content);
    entries.putAll(others);
  }

  private Bundle publish() throws IOException {
    try (BundleWriter writer =
        BundleWriter.open(Bundles.CONFIGURATION, Bundles.hadoop(folder), "mood")) {
      try (OutputStream out = writer.file(Bundle.NETWORK);
          ZipOutputStream zip = new ZipOutputStream(out)) {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
          zip.putNextEntry(new ZipEntry(entry.getKey()));
          zip.write(entry.getValue());
        }
      }
      VocabularyFiles.write(
          Vocabulary.of(
              List.of(
                  Vocabulary.padEntry(),
                  Vocabulary.unknownEntry(0),
                  new Vocabulary.Entry("good", 1, 1),
                  new Vocabulary.Entry("bad", 1, 1))),
          writer.file(Bundle.VOCABULARY));
      VocabularyFiles.write(
          Labels.of(List.of(new Labels.Entry("yes", 1, 1), new Labels.Entry("no", 1, 1))),
          writer.file(Bundle.LABELS));
      TextPipeline text =
          new TextPipeline(
              new TokenizerSpec.Whitespace(),
              Normalization.NFKC,
              CaseFolding.LOWER_CASE,
              List.of());
      return writer.publish(
          new ModelDescription(
              SPEC,
              new ObjectMapper().valueToTree(text),
              new Training(
                  "dl4j", 1, 4, JsonNodeFactory.instance.objectNode(), List.of(), Map.of()),
              new Software("abc123", "0.1.0", "17", "3.5.5", "1.0.0-M2.1"),
              Map.of()),
          CurrentUpdate.SET_CURRENT);
    }
  }

  /** Changes the manifest, and {@code _SUCCESS} with it. */
  private static void forge(Bundle bundle, Consumer<ObjectNode> change) throws IOException {
    java.nio.file.Path path = Bundles.local(bundle.path());
    ObjectMapper json = new ObjectMapper();
    ObjectNode manifest = (ObjectNode) json.readTree(path.resolve(Bundle.MANIFEST).toFile());
    change.accept(manifest);
    byte[] bytes = json.writeValueAsBytes(manifest);
    Files.write(path.resolve(Bundle.MANIFEST), bytes);
    Files.write(path.resolve(BundleCheck.SUCCESS), BundleCheck.success(bytes));
  }

  private TextClassifier load() {
    return TextClassifier.load(
        Bundle.open(Bundles.CONFIGURATION, new Path(Bundles.hadoop(folder), "mood")));
  }

  private void requireRefused(String... parts) {
    assertThatThrownBy(this::load)
        .isInstanceOf(BundleException.class)
        .message()
        .contains(parts)
        .contains(folder.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"updaterState.bin", "preprocessor.bin", "normalizer.bin", "objects/a", "noParams"})
  void serializedObject_inTheNetwork_isNotDeserialized(String entry) throws Exception {
    byte[] payload = Serialized.bytes(new Payload());
    int before = Payload.READ.get();
    Serialized.read(payload);
    assertThat(Payload.READ).as("the payload goes off").hasValue(before + 1);

    smuggle(entry, payload);
    publish();
    assertThat(load().session().top("good", 1)).hasSize(1);
    assertThat(Payload.READ).hasValue(before + 1);
  }

  @Test
  void serializedObject_asTheWeights_isRefused() throws Exception {
    int before = Payload.READ.get();
    entries.put(COEFFICIENTS, Serialized.bytes(new Payload()));
    publish();
    requireRefused("Cannot read network.zip of ", " as the network that its manifest describes");
    assertThat(Payload.READ).hasValue(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../evil", "/evil", "..\\evil", "C:\\evil"})
  void entry_namedAsAPath_isNeverAFile(String name) throws IOException {
    smuggle(name, "evil".getBytes(UTF_8));
    publish();
    List<String> before = files();
    load();
    assertThat(files()).isEqualTo(before);
  }

  private List<String> files() throws IOException {
    try (Stream<java.nio.file.Path> all = Files.walk(folder)) {
      return all.map(java.nio.file.Path::toString).sorted().toList();
    }
  }

  @Test
  void zipBomb_isNotUnpacked() throws IOException {
    smuggle("configuration0.json", new byte[ABOVE_64_MIB]);
    assertThat(Files.size(Bundles.local(publish().path()).resolve(Bundle.NETWORK)))
        .isLessThan(1 << 20);
    requireRefused("what stands before coefficients.bin unpacks to more than 67,108,864 bytes");
  }

  @Test
  void endlessEntries_areNotCounted() throws IOException {
    for (int entry = 0; entry < 200; entry++) {
      smuggle("entry" + entry, new byte[0]);
    }
    publish();
    requireRefused("it has more than 100 entries");
  }

  @Test
  void weights_ofAbsurdShape_areRefused() throws IOException {
    byte[] weights = entries.get(COEFFICIENTS);
    byte[] longs = "LONG".getBytes(UTF_8);
    int type = indexOf(weights, longs);
    // The eight bytes before the type's length are the shape's.
    Arrays.fill(weights, type - 10, type - 2, (byte) 0x7f);
    publish();
    requireRefused("the shape in its coefficients.bin has the length 9187201950435737471");
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int at = 0; at < bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    throw new AssertionError("not found");
  }

  @Test
  void absurdVocabularySize_isRefused() throws IOException {
    forge(publish(), m -> network(m).put("vocabulary_size", Integer.MAX_VALUE));
    requireRefused("the network is for 2147483647 tokens and 2 labels, the files hold 4 and 2");
  }

  @Test
  void absurdDimension_isRefused() throws IOException {
    forge(publish(), m -> network(m).put("dimension", Integer.MAX_VALUE));
    requireRefused("Embedding dimension must be from 1 to 4096: 2147483647");
  }

  @Test
  void absurdLayer_isRefused() throws IOException {
    forge(publish(), m -> network(m).putArray("dense").add(Integer.MAX_VALUE));
    requireRefused("A layer of 2 inputs and 2147483647 units has more than 1073741824 weights");
  }

  @Test
  void network_muchLargerThanItsFile_isRefused_beforeItTakesMemory() throws IOException {
    forge(
        publish(),
        m -> {
          ArrayNode dense = network(m).putArray("dense");
          for (int layer = 0; layer < 1000; layer++) {
            dense.add(30_000);
          }
        });
    requireRefused("takes 3,596,52", " bytes, and the file has ");
  }

  private static ObjectNode network(ObjectNode manifest) {
    return (ObjectNode) manifest.get("network");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../mood/current", "/etc/passwd", "a/b", "", "_tmp", "file:///x"})
  void file_outsideTheBundle_isNotLookedAt(String name) throws IOException {
    Bundle bundle = publish();
    forge(
        bundle,
        m -> {
          ObjectNode files = (ObjectNode) m.get("files");
          files.set(name, files.get(Bundle.LABELS));
        });
    requireRefused("manifest.json lists '" + name + "', which is no file of a model");
  }

  @Test
  void file_withoutAChecksum_isRefused() throws IOException {
    forge(publish(), m -> ((ObjectNode) m.get("files")).putNull("x"));
    requireRefused("manifest.json lists 'x', which is no file of a model, with the checksum null");
  }

  @Test
  void absurdlyLargeManifest_isNotRead() throws IOException {
    Bundle bundle = publish();
    byte[] spaces = new byte[ABOVE_64_MIB];
    Arrays.fill(spaces, (byte) ' ');
    Files.write(Bundles.local(bundle.path()).resolve(Bundle.MANIFEST), spaces);
    requireRefused("manifest.json: it is larger than 67,108,864 bytes, which no file of this name");
  }

  @Test
  void absurdlyLargePointer_isNotRead() throws IOException {
    publish();
    Files.write(folder.resolve("mood/current"), new byte[2000]);
    requireRefused("mood/current: it is larger than 1,024 bytes, which no file of this name is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"@class\"", "\"kind\""})
  void classNamed_inTheManifest_isNotMade(String property) throws IOException {
    forge(
        publish(),
        m ->
            network(m)
                .putObject("pooling")
                .put(property.replace("\"", ""), "javax.swing.JEditorPane"));
    requireRefused("manifest.json is damaged: key 'network.pooling");
  }

  @Test
  void randomBytes_asAnyFile_areRefusedOrRead_neverWorse() throws IOException {
    Random random = new Random(7);
    byte[] weights = entries.get(COEFFICIENTS);
    for (int trial = 0; trial < 50; trial++) {
      byte[] broken = weights.clone();
      for (int flips = 0; flips < 4; flips++) {
        broken[random.nextInt(60)] = (byte) random.nextInt();
      }
      entries.put(COEFFICIENTS, broken);
      publish();
      try {
        load();
      } catch (BundleException e) {
        assertThat(e).hasMessageContaining("Cannot read network.zip of ");
      }
    }
  }
}
