package io.meanmax.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateScheduleTest {

  @Test
  void linear_fallsToZero_andNoFurther() {
    RateSchedule schedule = new RateSchedule(0.5, RateSchedule.Decay.LINEAR);
    assertThat(schedule.at(0)).isEqualTo(0.5f);
    assertThat(schedule.at(0.75)).isEqualTo(0.125f);
    assertThat(schedule.at(1)).isZero();
    assertThat(schedule.at(1.5)).isZero();
  }

  @Test
  void constant_stays() {
    RateSchedule schedule = new RateSchedule(0.5, RateSchedule.Decay.CONSTANT);
    assertThat(schedule.at(0)).isEqualTo(0.5f);
    assertThat(schedule.at(1)).isEqualTo(0.5f);
  }

  @Test
  void progress_runsEvenlyThroughASpan() {
    Span span = new Span(100, 300, 0.25, 0.5);
    assertThat(span.progress(100)).isEqualTo(0.25);
    assertThat(span.progress(200)).isEqualTo(0.375, within(1e-12));
    assertThat(span.progress(300)).isEqualTo(0.5);
    assertThat(new Span(5, 5, 0.25, 0.5).progress(5)).isEqualTo(0.25);
  }
}
