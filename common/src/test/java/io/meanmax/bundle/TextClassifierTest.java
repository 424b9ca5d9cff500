package io.meanmax.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meanmax.bundle.TextClassifier.Prediction;
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
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network is worked by hand: embeddings, their mean, one matrix, the softmax. */
class TextClassifierTest {
  private static final Offset<Float> CLOSE = Offset.offset(1e-6f);
  private static final NetworkSpec SPEC =
      new NetworkSpec(4, 2, new Pooling.Mean(), List.of(), new Output.Softmax(3));
  private static final TextPipeline TEXT =
      new TextPipeline(
          new TokenizerSpec.Whitespace(),
          Normalization.NFKC,
          CaseFolding.LOWER_CASE,
          List.of("the"));

  @TempDir private java.nio.file.Path folder;
  private Path models;

  @BeforeEach
  void models() {
    models = Bundles.hadoop(folder);
  }

  private static Vocabulary vocabulary(String... tokens) {
    List<Vocabulary.Entry> entries =
        new ArrayList<>(List.of(Vocabulary.padEntry(), Vocabulary.unknownEntry(0)));
    for (String token : tokens) {
      entries.add(new Vocabulary.Entry(token, 1, 1));
    }
    return Vocabulary.of(entries);
  }

  private static Labels labels(String... labels) {
    return Labels.of(
        java.util.Arrays.stream(labels).map(label -> new Labels.Entry(label, 1, 1)).toList());
  }

  /** PAD is far off, UNK is the origin, good [1, 0], bad [0, 1]. */
  private static NetworkParameters parameters() {
    NetworkParameters parameters = NetworkParameters.zeros(SPEC);
    float[] embedding = {100, -100, 0, 0, 1, 0, 0, 1};
    for (int row = 0; row < 4; row++) {
      parameters.embedding().setRow(row, embedding, 2 * row);
    }
    // The exponentials of the logits are 6, 3, 1 for good, and 1, 3, 6 for bad.
    float ln3 = (float) Math.log(3);
    float ln6 = (float) Math.log(6);
    float[] weights = {ln6, ln3, 0, 0, ln3, ln6};
    System.arraycopy(weights, 0, parameters.layers().get(0).weights(), 0, weights.length);
    return parameters;
  }

  private Bundle publish(
      Vocabulary vocabulary, Labels labels, NetworkParameters network, JsonNode text)
      throws IOException {
    try (BundleWriter writer = BundleWriter.open(Bundles.CONFIGURATION, models, "mood")) {
      try (OutputStream out = writer.file(Bundle.NETWORK)) {
        Dl4jNetwork.write(network, out);
      }
      VocabularyFiles.write(vocabulary, writer.file(Bundle.VOCABULARY));
      VocabularyFiles.write(labels, writer.file(Bundle.LABELS));
      JsonNode none = JsonNodeFactory.instance.objectNode();
      return writer.publish(
          new ModelDescription(
              SPEC,
              text,
              new Training("dl4j", 1, 4, none, List.of(), Map.of()),
              new Software("abc123", "0.1.0", "17", "3.5.5", "1.0.0-M2.1"),
              Map.of()),
          CurrentUpdate.SET_CURRENT);
    }
  }

  private static JsonNode json(TextPipeline text) {
    return new ObjectMapper().valueToTree(text);
  }

  private Bundle publish() throws IOException {
    return publish(
        vocabulary("good", "bad"), labels("yes", "perhaps", "no"), parameters(), json(TEXT));
  }

  private TextClassifier.Session session() throws IOException {
    return TextClassifier.load(publish()).session();
  }

  @Test
  void probabilities_areWorkedByHand() throws Exception {
    TextClassifier.Session session = session();
    assertThat(session.probabilities("good")).containsExactly(new float[] {.6f, .3f, .1f}, CLOSE);
    assertThat(session.probabilities("bad")).containsExactly(new float[] {.1f, .3f, .6f}, CLOSE);
    // The mean [½, ½] has the exponentials √6, 3, √6.
    double sum = 3 + 2 * Math.sqrt(6);
    float side = (float) (Math.sqrt(6) / sum);
    assertThat(session.probabilities("good bad"))
        .containsExactly(new float[] {side, (float) (3 / sum), side}, CLOSE);
  }

  @Test
  void text_isCleanedAsInTraining() throws Exception {
    TextClassifier.Session session = session();
    assertThat(session.ids("\uFEFFthe ＧＯＯＤ\u3000Bad\r\n")).containsExactly(2, 3);
    assertThat(session.probabilities("THE Good"))
        .containsExactly(new float[] {.6f, .3f, .1f}, CLOSE);
  }

  @Test
  void text_isCutAsInTraining() throws Exception {
    TextClassifier.Session session = session();
    assertThat(session.ids("good good good good bad")).containsExactly(2, 2, 2, 2);
    assertThat(session.vector("good good good good bad")).containsExactly(1, 0);
  }

  @Test
  void vector_isThePooledLayer() throws Exception {
    assertThat(session().vector("good good bad good"))
        .containsExactly(new float[] {.75f, .25f}, CLOSE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "the", "what?", "<pad>", "<unk>"})
  void unknownWords_areAnsweredAsUnk(String document) throws Exception {
    TextClassifier.Session session = session();
    assertThat(session.ids(document)).containsExactly(Vocabulary.UNK);
    assertThat(session.vector(document)).containsExactly(0, 0);
    assertThat(session.top(document, 3))
        .extracting(Prediction::name)
        .containsExactly("yes", "perhaps", "no");
  }

  @Test
  void unknownWords_besideKnownOnes_areLeftOut() throws Exception {
    assertThat(session().ids("what good")).containsExactly(2);
  }

  @Test
  void top_isBestFirst_tiesByLowerId() throws Exception {
    TextClassifier.Session session = session();
    assertThat(session.top("bad", 3)).extracting(Prediction::label).containsExactly(2, 1, 0);
    assertThat(session.top("good bad", 3)).extracting(Prediction::label).containsExactly(1, 0, 2);
    assertThat(session.top("good bad", 2))
        .extracting(Prediction::name)
        .containsExactly("perhaps", "yes");
    assertThat(session.top("what", 1)).extracting(Prediction::label).containsExactly(0);
  }

  @Test
  void top_ofMoreThanThereAre_isAll() throws Exception {
    assertThat(session().top("good", 1_000_000))
        .hasSize(3)
        .first()
        .satisfies(best -> assertThat(best.name()).isEqualTo("yes"))
        .satisfies(best -> assertThat(best.probability()).isCloseTo(.6f, CLOSE));
  }

  @Test
  void sessions_ofEightThreads_doNotDisturbEachOther() throws Exception {
    TextClassifier classifier = TextClassifier.load(publish());
    Random random = new Random(8);
    List<String> documents = new ArrayList<>();
    List<float[]> expected = new ArrayList<>();
    TextClassifier.Session alone = classifier.session();
    for (int i = 0; i < 1021; i++) {
      StringBuilder document = new StringBuilder();
      random
          .ints(random.nextInt(8), 0, 3)
          .forEach(word -> document.append(List.of("good ", "bad ", "what ").get(word)));
      documents.add(document.toString());
      expected.add(alone.probabilities(document.toString()).clone());
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<List<float[]>> predict =
          () -> {
            TextClassifier.Session session = classifier.session();
            return documents.stream().map(text -> session.probabilities(text).clone()).toList();
          };
      for (Future<List<float[]>> found :
          threads.invokeAll(java.util.Collections.nCopies(8, predict))) {
        assertThat(found.get().toArray(float[][]::new))
            .isDeepEqualTo(expected.toArray(float[][]::new));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void load_keepsWhatTheModelIs() throws Exception {
    TextClassifier classifier = TextClassifier.load(publish());
    assertThat(classifier.manifest().model()).isEqualTo("mood");
    assertThat(classifier.vocabulary().id("bad")).isEqualTo(3);
    assertThat(classifier.labels().names()).containsExactly("yes", "perhaps", "no");
    assertThat(classifier.parameters().embedding().row(0)).containsExactly(100, -100);
  }

  @Test
  void load_withAnotherNumberOfTokensOrLabels_saysBoth() throws Exception {
    Bundle tokens =
        publish(vocabulary("good"), labels("yes", "perhaps", "no"), parameters(), json(TEXT));
    assertThatThrownBy(() -> TextClassifier.load(tokens))
        .isInstanceOf(BundleException.class)
        .hasMessage(
            tokens.path() + ": the network is for 4 tokens and 3 labels, the files hold 3 and 3");
    Bundle labels = publish(vocabulary("good", "bad"), labels("yes"), parameters(), json(TEXT));
    assertThatThrownBy(() -> TextClassifier.load(labels))
        .hasMessageEndingWith(": the network is for 4 tokens and 3 labels, the files hold 4 and 1");
  }

  @Test
  void load_withANetworkThatIsNone_namesIt() throws Exception {
    Bundle bundle;
    try (BundleWriter writer = BundleWriter.open(Bundles.CONFIGURATION, models, "mood")) {
      Bundles.write(writer, Bundle.NETWORK, "no zip");
      VocabularyFiles.write(vocabulary("a"), writer.file(Bundle.VOCABULARY));
      VocabularyFiles.write(labels("yes", "no"), writer.file(Bundle.LABELS));
      ModelDescription description = Bundles.description();
      bundle =
          writer.publish(
              new ModelDescription(
                  description.network(),
                  json(TEXT),
                  description.training(),
                  description.software(),
                  Map.of()),
              CurrentUpdate.SET_CURRENT);
    }
    assertThatThrownBy(() -> TextClassifier.load(bundle))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith(
            "Cannot read network.zip of "
                + bundle.path()
                + " as the network that its manifest describes: ");
  }

  @Test
  void load_ofAnAlteredNetwork_saysSo() throws Exception {
    Bundle bundle = publish();
    java.nio.file.Path file = Bundles.local(bundle.path()).resolve(Bundle.NETWORK);
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
    assertThatThrownBy(() -> TextClassifier.load(bundle))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("network.zip was altered: its SHA-256 is " + Sha256.of(content));
  }

  @Test
  void load_withATextThatCannotBeRead_namesTheManifest() throws Exception {
    JsonNode text = JsonNodeFactory.instance.objectNode().put("tokenizer", "whitespace");
    Bundle bundle =
        publish(vocabulary("good", "bad"), labels("yes", "perhaps", "no"), parameters(), text);
    assertThatThrownBy(() -> TextClassifier.load(bundle))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith(
            "Cannot read 'text' of mood " + bundle.manifest().version() + "'s manifest.json: ");
  }
}
