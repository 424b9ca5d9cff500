package io.meanmax.job.run;

import static org.apache.spark.sql.functions.col;

import io.meanmax.bundle.Bundle;
import io.meanmax.bundle.ModelRegistry;
import io.meanmax.bundle.TextClassifier;
import io.meanmax.config.InputConfig;
import io.meanmax.job.documents.DocumentReader;
import io.meanmax.job.documents.Labelling;
import io.meanmax.job.embeddings.EmbeddingsJob;
import io.meanmax.job.embeddings.EmbeddingsResult;
import io.meanmax.job.encode.EncodeJob;
import io.meanmax.job.encode.EncodeResult;
import io.meanmax.job.evaluate.EvaluateJob;
import io.meanmax.job.runtime.Fingerprint;
import io.meanmax.job.runtime.JobException;
import io.meanmax.job.runtime.JobGroup;
import io.meanmax.job.runtime.Progress;
import io.meanmax.job.runtime.StageRecord;
import io.meanmax.job.schema.Schemas;
import io.meanmax.job.score.ScoreJob;
import io.meanmax.job.score.ScoreResult;
import io.meanmax.job.tokenize.TokenizeJob;
import io.meanmax.job.tokenize.TokenizeResult;
import io.meanmax.job.train.TrainJob;
import io.meanmax.job.train.TrainResult;
import io.meanmax.job.vocabulary.VocabularyJob;
import io.meanmax.job.vocabulary.VocabularyResult;
import io.meanmax.metric.ClassificationMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * All stages one after another. A stage whose inputs and settings are those of its last result is
 * skipped.
 */
public final class RunJob {
  private static final String VOCABULARY = VocabularyJob.STAGE;
  private static final String SKIPPED = ": unchanged, skipped";
  private static final String LOST = ": again, since files of its last result are missing";
  private static final int EXAMPLES = 5;
  private static final int STAGES_WITH_TEST = 7;
  private static final int STAGES_WITHOUT_TEST = 6;

  private final SparkSession spark;
  private final RunConfig config;

  /** Of each stage, what its result must be of. */
  private final Map<String, String> fingerprints = new LinkedHashMap<>();

  private int stage;

  /** A run with these settings. */
  public RunJob(SparkSession spark, RunConfig config) {
    this.spark = spark;
    this.config = config;
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  /** Runs what needs to be run. */
  public RunResult run() {
    requireUsable();
    prepare();
    Bundle model = train();
    Optional<ClassificationMetrics> test = config.test().map(input -> evaluate(model, input));
    InputConfig scored = config.test().orElse(config.input());
    score(model, scored);
    embed(model, scored);
    List<RunResult.Example> examples = examples(model, scored);
    requireOwnResults(model);
    return new RunResult(
        model.path().toString(),
        test,
        examples,
        whole(config.output(ScoreJob.STAGE).path()),
        whole(config.output(EmbeddingsJob.STAGE).path()));
  }

  /** With its file system and from its root. */
  private String whole(String path) {
    Path given = new Path(path);
    try {
      return given.getFileSystem(hadoop()).makeQualified(given).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What would fail only after hours of work, looked at first. */
  private void requireUsable() {
    new ModelRegistry(hadoop(), new Path(config.model().path()))
        .exists(config.model().requiredName());
    config.test().ifPresent(test -> Fingerprint.of(spark, test));
  }

  private void prepare() {
    TokenizeJob tokenize =
        new TokenizeJob(
            spark, config.input(), config.tokenizer(), config.output(TokenizeJob.STAGE));
    if (isNeeded(TokenizeJob.STAGE, tokenize.fingerprint())) {
      TokenizeResult tokens = tokenize.run();
      Progress.say(
          "  %,d documents, %,d tokens, %,d rejected"
              .formatted(tokens.documents(), tokens.tokens(), tokens.rejected()));
    }
    String tokensPath = config.output(TokenizeJob.STAGE).path();
    VocabularyJob vocabulary =
        new VocabularyJob(spark, tokensPath, config.vocabulary(), config.output(VOCABULARY));
    if (isNeeded(VOCABULARY, vocabulary.fingerprint())) {
      VocabularyResult found = vocabulary.run();
      Progress.say("  %,d tokens, %,d labels".formatted(found.tokens(), found.labels()));
    }
    EncodeJob encode =
        new EncodeJob(
            spark,
            tokensPath,
            config.output(VOCABULARY).path(),
            config.encode(),
            config.output(EncodeJob.STAGE));
    if (isNeeded(EncodeJob.STAGE, encode.fingerprint())) {
      EncodeResult encoded = encode.run();
      Progress.say(
          "  %,d examples, %,d words; %,d tokens cut from %,d of them, %,d without a known token"
              .formatted(
                  encoded.examples(),
                  encoded.words(),
                  encoded.cutTokens(),
                  encoded.truncatedExamples(),
                  encoded.unknownExamples()));
    }
  }

  /** Two runs may have worked in the same folder at once. */
  private void requireOwnResults(Bundle model) {
    fingerprints.forEach(
        (name, fingerprint) -> {
          String folder = config.output(name).path();
          if (found(folder, fingerprint).isEmpty()) {
            throw new JobException(
                ("Another run replaced %s while this one worked. The model is whole: %s. Start this"
                        + " run again for the rest, and give runs that work at once an --output"
                        + " each")
                    .formatted(folder, model.path()));
          }
        });
  }

  private Optional<StageRecord> found(String folder, String fingerprint) {
    return StageRecord.find(hadoop(), folder)
        .filter(record -> record.fingerprint().equals(fingerprint));
  }

  private boolean isNeeded(String name, String fingerprint) {
    fingerprints.put(name, fingerprint);
    String folder = config.output(name).path();
    Optional<StageRecord> unchanged = found(folder, fingerprint);
    boolean lost = unchanged.isPresent() && unchanged.get().lacksFiles(hadoop(), folder);
    boolean needed = unchanged.isEmpty() || lost;
    tell(name, lost ? LOST : needed ? "" : SKIPPED);
    return needed;
  }

  private void tell(String name, String remark) {
    int stages = config.test().isPresent() ? STAGES_WITH_TEST : STAGES_WITHOUT_TEST;
    stage++;
    Progress.say("[%d/%d] %s%s".formatted(stage, stages, name, remark));
  }

  private Bundle train() {
    TrainJob train =
        new TrainJob(
            spark,
            config.output(EncodeJob.STAGE).path(),
            config.output(VOCABULARY).path(),
            config.network(),
            config.train(),
            config.checkpoints(),
            config.model(),
            config.settings());
    Optional<Bundle> trained = train.publishedBefore();
    tell(TrainJob.STAGE, trained.isPresent() ? SKIPPED : "");
    if (trained.isPresent()) {
      return trained.get();
    }
    TrainResult result = train.run();
    return Bundle.open(hadoop(), new Path(result.path()));
  }

  private ClassificationMetrics evaluate(Bundle model, InputConfig test) {
    EvaluateJob evaluate = new EvaluateJob(spark, model, test, config.output(EvaluateJob.STAGE));
    if (!isNeeded(EvaluateJob.STAGE, evaluate.fingerprint())) {
      return EvaluateJob.metrics(hadoop(), config.output(EvaluateJob.STAGE).path());
    }
    return evaluate.run().metrics();
  }

  private void score(Bundle model, InputConfig input) {
    ScoreJob score =
        new ScoreJob(spark, model, input, config.score(), config.output(ScoreJob.STAGE));
    if (isNeeded(ScoreJob.STAGE, score.fingerprint())) {
      ScoreResult result = score.run();
      Progress.say("  %,d rows scored, %,d rejected".formatted(result.rows(), result.rejected()));
    }
  }

  private void embed(Bundle model, InputConfig input) {
    EmbeddingsJob embeddings =
        new EmbeddingsJob(
            spark,
            model,
            Optional.of(input),
            config.embeddings(),
            config.output(EmbeddingsJob.STAGE));
    if (isNeeded(EmbeddingsJob.STAGE, embeddings.fingerprint())) {
      EmbeddingsResult result = embeddings.run();
      Progress.say(
          "  %,d word vectors, %,d document vectors".formatted(result.words(), result.documents()));
    }
  }

  private List<RunResult.Example> examples(Bundle model, InputConfig input) {
    try (JobGroup group = new JobGroup(spark, "examples", "loading the model")) {
      TextClassifier.Session session = TextClassifier.load(model).session();
      group.now("predicting a few documents");
      return examples(session, input);
    }
  }

  private List<RunResult.Example> examples(TextClassifier.Session session, InputConfig input) {
    return DocumentReader.read(spark, input, Labelling.OPTIONAL)
        .filter(col(Schemas.REASON).isNull())
        .select(Schemas.LABEL, Schemas.TEXT)
        .takeAsList(EXAMPLES)
        .stream()
        .map(
            row ->
                new RunResult.Example(
                    row.getString(0),
                    row.getString(1),
                    session.top(row.getString(1), config.score().top())))
        .toList();
  }
}
