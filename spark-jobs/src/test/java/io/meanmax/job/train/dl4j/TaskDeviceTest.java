package io.meanmax.job.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanmax.job.runtime.JobException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskDeviceTest {

  @Test
  void device_isTheAddress() {
    assertThat(TaskDevice.device(List.of("0"), 1)).isZero();
    assertThat(TaskDevice.device(List.of(" 3 "), 4)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GPU-8f3a", "", "1.0"})
  void addressThatIsNoNumber_isRefused(String address) {
    assertThatThrownBy(() -> TaskDevice.device(List.of(address), 2))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith(
            "The address of a GPU must be its number from 0, and Spark gave '" + address + "'")
        .hasMessageContaining("discoveryScript");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "-1"})
  void addressOfNoDevice_isRefused(String address) {
    assertThatThrownBy(() -> TaskDevice.device(List.of(address), 2))
        .isInstanceOf(JobException.class)
        .hasMessage(
            "Spark gave GPU "
                + address
                + ", and ND4J sees 2 here, from number 0: mend the discovery script, or look at"
                + " CUDA_VISIBLE_DEVICES");
  }

  @Test
  void severalAddresses_areRefused() {
    assertThatThrownBy(() -> TaskDevice.device(List.of("0", "1"), 2))
        .isInstanceOf(JobException.class)
        .hasMessage(
            "A task computes on one GPU, and Spark gave it [0, 1]: set spark.task.resource.gpu.amount"
                + " to 1");
  }
}
