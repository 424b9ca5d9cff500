package io.meanmax.benchmark;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;

/** Seconds an epoch by the number of workers, both axes logarithmic. */
final class AveragingPlot {
  private static final int DOTS_AN_INCH = 110;

  private AveragingPlot() {}

  static void write(
      Path file, double words, List<Integer> workers, Map<String, List<Double>> epochs)
      throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(820)
            .height(520)
            .title(String.format(Locale.ROOT, "An epoch of %,.0f words", words))
            .xAxisTitle("workers")
            .yAxisTitle("seconds")
            .build();
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLocale(Locale.ROOT);
    epochs.forEach(
        (name, seconds) -> {
          XYSeries series = chart.addSeries(name, workers, seconds);
          series.setLineWidth(1.5f);
        });
    BitmapEncoder.saveBitmapWithDPI(
        chart, file.toString(), BitmapEncoder.BitmapFormat.PNG, DOTS_AN_INCH);
  }
}
