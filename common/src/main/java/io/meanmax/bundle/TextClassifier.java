package io.meanmax.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanmax.encoding.DocumentEncoder;
import io.meanmax.network.NetworkFile;
import io.meanmax.network.NetworkParameters;
import io.meanmax.sparse.Predictor;
import io.meanmax.sparse.SparseModel;
import io.meanmax.text.TextPipeline;
import io.meanmax.text.Tokenizer;
import io.meanmax.vocabulary.Labels;
import io.meanmax.vocabulary.Vocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A trained model in memory: text in, labels or document vectors out. This is what a program
 * embeds. Immutable and thread-safe; predicting goes through {@link #session}, one a thread.
 */
public final class TextClassifier {
  private final Manifest manifest;
  private final TextPipeline text;
  private final Vocabulary vocabulary;
  private final Labels labels;
  private final NetworkParameters parameters;
  private final SparseModel model;

  /**
   * A label and how likely it is.
   *
   * @param label its id
   * @param name its text
   * @param probability 0 to 1
   */
  public record Prediction(int label, String name, float probability) {}

  private TextClassifier(
      Manifest manifest,
      TextPipeline text,
      Vocabulary vocabulary,
      Labels labels,
      NetworkParameters parameters) {
    this.manifest = manifest;
    this.text = text;
    this.vocabulary = vocabulary;
    this.labels = labels;
    this.parameters = parameters;
    this.model = SparseModel.forPrediction(parameters);
  }

  /**
   * Loads a model.
   *
   * @throws BundleException if a file is altered or does not fit the others
   */
  public static TextClassifier load(Bundle bundle) {
    try {
      Manifest manifest = bundle.manifest();
      Vocabulary vocabulary = VocabularyFiles.vocabulary(bundle.read(Bundle.VOCABULARY));
      Labels labels = VocabularyFiles.labels(bundle.read(Bundle.LABELS));
      if (vocabulary.size() != manifest.network().vocabularySize()
          || labels.size() != manifest.network().output().units()) {
        throw new BundleException(
            "%s: the network is for %d tokens and %d labels, the files hold %d and %d"
                .formatted(
                    bundle.path(),
                    manifest.network().vocabularySize(),
                    manifest.network().output().units(),
                    vocabulary.size(),
                    labels.size()));
      }
      return new TextClassifier(manifest, text(manifest), vocabulary, labels, network(bundle));
    } catch (IOException e) {
      throw new BundleException("Cannot read " + bundle.path() + ": " + e.getMessage(), e);
    }
  }

  private static NetworkParameters network(Bundle bundle) {
    try (InputStream in = bundle.read(Bundle.NETWORK)) {
      return NetworkFile.read(in, bundle.manifest().network());
    } catch (BundleException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // An altered file explains the rest.
      bundle.verify();
      throw new BundleException(
          "Cannot read %s of %s as the network that its manifest describes: %s"
              .formatted(Bundle.NETWORK, bundle.path(), e.getMessage()),
          e);
    }
  }

  private static TextPipeline text(Manifest manifest) {
    try {
      return new ObjectMapper().treeToValue(manifest.text(), TextPipeline.class);
    } catch (JsonProcessingException e) {
      throw new BundleException(
          "Cannot read 'text' of %s %s's %s: %s"
              .formatted(
                  manifest.model(), manifest.version(), Bundle.MANIFEST, e.getOriginalMessage()),
          e);
    }
  }

  /** What the model is. */
  public Manifest manifest() {
    return manifest;
  }

  /** The tokens it knows. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The labels it gives. */
  public Labels labels() {
    return labels;
  }

  /** Its weights. */
  public NetworkParameters parameters() {
    return parameters;
  }

  /** A new session, for one thread. */
  public Session session() {
    return new Session();
  }

  /** Predicts for one document after the other. Not thread-safe. */
  public final class Session {
    private final Tokenizer tokenizer = text.open();
    private final DocumentEncoder encoder =
        new DocumentEncoder(vocabulary, manifest.training().maxTokens());
    private final Predictor predictor = new Predictor(model);

    private Session() {}

    /** The ids of a text: what the network sees of it. */
    public int[] ids(String document) {
      byte[] utf8 = document.getBytes(StandardCharsets.UTF_8);
      return ids(utf8, 0, utf8.length);
    }

    /** The ids of a text in UTF-8, which is {@code utf8[from .. from + length)}. */
    public int[] ids(byte[] utf8, int from, int length) {
      tokenizer.tokenize(utf8, from, length, encoder);
      return encoder.ids();
    }

    /** The probability of each label by id; the array is overwritten by the next call. */
    public float[] probabilities(String document) {
      return predictor.probabilities(ids(document));
    }

    /** The document vector (the pooled layer); the array is overwritten by the next call. */
    public float[] vector(String document) {
      return vector(ids(document));
    }

    /** The document vector from the ids; the array is overwritten by the next call. */
    public float[] vector(int[] ids) {
      return predictor.pooled(ids);
    }

    /**
     * The likeliest labels, best first; equally likely ones by id.
     *
     * @param count how many, at least 1; all of them if there are fewer
     */
    public List<Prediction> top(String document, int count) {
      return top(ids(document), count);
    }

    /** The likeliest labels of a document of which the ids are known. */
    public List<Prediction> top(int[] ids, int count) {
      float[] probabilities = predictor.probabilities(ids);
      PriorityQueue<Integer> worstFirst =
          new PriorityQueue<>(
              (a, b) -> {
                int byProbability = Float.compare(probabilities[a], probabilities[b]);
                return byProbability != 0 ? byProbability : Integer.compare(b, a);
              });
      for (int label = 0; label < probabilities.length; label++) {
        if (worstFirst.size() < count) {
          worstFirst.add(label);
        } else if (probabilities[label] > probabilities[worstFirst.element()]) {
          worstFirst.remove();
          worstFirst.add(label);
        }
      }
      List<Prediction> best = new ArrayList<>();
      while (!worstFirst.isEmpty()) {
        int label = worstFirst.remove();
        best.add(0, new Prediction(label, labels.label(label), probabilities[label]));
      }
      return best;
    }
  }
}
