package io.meanmax.job.run;

import io.meanmax.config.CheckpointConfig;
import io.meanmax.config.EmbeddingsConfig;
import io.meanmax.config.EncodeConfig;
import io.meanmax.config.InputConfig;
import io.meanmax.config.ModelConfig;
import io.meanmax.config.NetworkConfig;
import io.meanmax.config.OutputConfig;
import io.meanmax.config.ScoreConfig;
import io.meanmax.config.Settings;
import io.meanmax.config.TokenizerConfig;
import io.meanmax.config.TrainConfig;
import io.meanmax.config.VocabularyConfig;
import java.util.Optional;

/**
 * The settings of every stage, all checked before the first begins.
 *
 * @param input documents to train on
 * @param test documents to evaluate and score, if any
 * @param work folder of what the stages hand to one another
 * @param settings everything, for the manifest
 */
public record RunConfig(
    InputConfig input,
    Optional<InputConfig> test,
    TokenizerConfig tokenizer,
    VocabularyConfig vocabulary,
    EncodeConfig encode,
    NetworkConfig network,
    TrainConfig train,
    CheckpointConfig checkpoints,
    ScoreConfig score,
    EmbeddingsConfig embeddings,
    ModelConfig model,
    String work,
    Settings settings) {

  /** Reads every key. */
  public static RunConfig from(Settings settings) {
    ModelConfig model = ModelConfig.from(settings);
    model.requiredName();
    String work = OutputConfig.from(settings).path();
    return new RunConfig(
        InputConfig.from(settings),
        InputConfig.test(settings),
        TokenizerConfig.from(settings),
        VocabularyConfig.from(settings),
        EncodeConfig.from(settings),
        NetworkConfig.from(settings),
        TrainConfig.from(settings),
        CheckpointConfig.from(settings),
        ScoreConfig.from(settings),
        EmbeddingsConfig.from(settings),
        model,
        work != null ? work : model.workFolder(),
        settings);
  }

  /** The folder of a stage; what a stage left there before may always be replaced. */
  OutputConfig output(String stage) {
    return new OutputConfig(work + "/" + stage, true, null);
  }
}
