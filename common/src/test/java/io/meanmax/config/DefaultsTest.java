package io.meanmax.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.network.NetworkSpec;
import io.meanmax.network.Output;
import io.meanmax.network.Pooling;
import io.meanmax.sparse.ModelMerge;
import io.meanmax.sparse.RateSchedule;
import io.meanmax.text.CaseFolding;
import io.meanmax.text.Normalization;
import io.meanmax.text.TokenizerSpec;
import io.meanmax.vocabulary.LabelWeighting;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A default that changes is a change for everyone: it has to change here too. */
class DefaultsTest {
  private static final Settings DEFAULTS = Settings.defaults();

  @Test
  void input_isNotGiven() {
    assertThat(InputConfig.optional(DEFAULTS)).isEmpty();
    assertThat(InputConfig.test(DEFAULTS)).isEmpty();
  }

  @Test
  void input_withAPathAlone_isFastText() {
    assertThat(InputConfig.from(DEFAULTS.with("input.path", "train.txt")))
        .isEqualTo(
            new InputConfig(
                "train.txt",
                null,
                PartitionSpec.NONE,
                null,
                InputConfig.Format.FASTTEXT,
                "__label__",
                null,
                "text",
                "label",
                null,
                ',',
                false,
                10_485_760,
                0.01));
  }

  @Test
  void output_hasNoPlace() {
    assertThat(OutputConfig.from(DEFAULTS)).isEqualTo(new OutputConfig(null, false, null));
  }

  @Test
  void models_areTheCurrentOnesOfTheFolderModels() {
    assertThat(ModelConfig.from(DEFAULTS))
        .isEqualTo(new ModelConfig("models", null, "current", true, false));
  }

  @Test
  void generate_isTwentyThousandDocuments() {
    assertThat(GenerateConfig.from(DEFAULTS))
        .isEqualTo(
            new GenerateConfig(
                20_000, 0, 20_000, 1.0, 0.6, 40, 400, GenerateConfig.Format.FASTTEXT, 4, 1));
  }

  @Test
  void tokenizer_isWhitespaceAfterNfkcAndLowerCase() {
    assertThat(TokenizerConfig.from(DEFAULTS))
        .isEqualTo(
            new TokenizerConfig(
                new TokenizerSpec.Whitespace(), Normalization.NFKC, CaseFolding.LOWER_CASE, null));
  }

  @Test
  void vocabulary_keepsAllAndNormalisesWeights() {
    assertThat(VocabularyConfig.from(DEFAULTS))
        .isEqualTo(
            new VocabularyConfig(
                1,
                2_000_000,
                new LabelWeighting(LabelWeighting.Rule.INVERSE_SQRT, LabelWeighting.NORMALIZED)));
  }

  @Test
  void encode_cutsAfterFourHundredTokens() {
    assertThat(EncodeConfig.from(DEFAULTS)).isEqualTo(new EncodeConfig(1000));
  }

  @Test
  void network_isMeanMaxIntoSoftmax() {
    NetworkConfig config = NetworkConfig.from(DEFAULTS);
    assertThat(config)
        .isEqualTo(
            new NetworkConfig(
                100, new Pooling.MeanMax(), List.of(), NetworkConfig.OutputKind.SOFTMAX));
    assertThat(config.spec(7, 3))
        .isEqualTo(
            new NetworkSpec(7, 100, new Pooling.MeanMax(), List.of(), new Output.Softmax(3)));
  }

  @Test
  void train_isChosenByTheTrainer_withPatience() {
    assertThat(TrainConfig.from(DEFAULTS))
        .isEqualTo(
            new TrainConfig(
                TrainConfig.Trainer.AUTO,
                10,
                32,
                OptionalInt.empty(),
                64,
                16,
                256,
                OptionalInt.empty(),
                ModelMerge.Rule.NORM,
                Optional.empty(),
                OptionalDouble.empty(),
                RateSchedule.Decay.LINEAR,
                0.05,
                5,
                1));
  }

  @Test
  void checkpoints_areWrittenOnAClusterOnly() {
    assertThat(CheckpointConfig.from(DEFAULTS))
        .isEqualTo(new CheckpointConfig(OptionalInt.empty()));
  }

  @Test
  void score_givesThreeLabels() {
    assertThat(ScoreConfig.from(DEFAULTS)).isEqualTo(new ScoreConfig(3, List.of()));
  }

  @Test
  void embeddings_areThoseOfWordsAndDocuments() {
    assertThat(EmbeddingsConfig.from(DEFAULTS))
        .isEqualTo(new EmbeddingsConfig(true, true, List.of()));
  }

  @Test
  void spark_getsNothingOfOurs() {
    assertThat(DEFAULTS.sparkSettings()).isEmpty();
    assertThat(DEFAULTS.readsOrWritesTables()).isFalse();
  }
}
