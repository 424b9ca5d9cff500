package io.meanmax.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.Serialized;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {
  private static final Labels LABELS =
      Labels.of(List.of(new Labels.Entry("是", 9, 0.5), new Labels.Entry("no", 3, 1.5)));

  @Test
  void ids_areThoseOfTheList() {
    assertThat(LABELS.size()).isEqualTo(2);
    assertThat(LABELS.id("是")).isZero();
    assertThat(LABELS.id("no")).isEqualTo(1);
    assertThat(LABELS.label(1)).isEqualTo("no");
    assertThat(LABELS.names()).containsExactly("是", "no");
  }

  @Test
  void id_ofALabelThatTrainingDidNotSee_isUnseen() {
    assertThat(LABELS.id("No")).isEqualTo(Labels.UNSEEN);
    assertThat(LABELS.id("")).isEqualTo(Labels.UNSEEN);
  }

  @Test
  void of_aLabelThatStandsTwice_namesIt() {
    Labels.Entry no = new Labels.Entry("no", 3, 1);
    assertThatThrownBy(() -> Labels.of(List.of(no, new Labels.Entry("yes", 1, 1), no)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Label 'no' stands twice");
  }

  @Test
  void of_none_isEmpty() {
    assertThat(Labels.of(List.of()).size()).isZero();
  }

  @Test
  void serialization_roundTripIsExact() throws Exception {
    Labels copy = Serialized.copy(LABELS);
    assertThat(copy.entries()).isEqualTo(LABELS.entries());
    assertThat(copy.id("no")).isEqualTo(1);
  }
}
