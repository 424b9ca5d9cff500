package io.meanmax.job.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class CausesTest {
  @Test
  void message_isOfTheInnermostCause_andItsFirstLine() {
    Exception failure =
        new IllegalStateException("Job aborted", new IOException("\nDisk full\nDriver stacktrace"));
    assertThat(Causes.message(Causes.root(failure))).isEqualTo("Disk full");
    assertThat(Causes.message(failure)).isEqualTo("Job aborted");
  }

  @Test
  void causeWithoutMessage_isNamed() {
    assertThat(Causes.message(Causes.root(new IOException("x", new ClosedChannelException()))))
        .isEqualTo("ClosedChannelException");
    assertThat(Causes.message(new EOFException(""))).isEqualTo("EOFException");
  }
}
