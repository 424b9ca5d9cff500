package io.meanmax.job.train;

import io.meanmax.metric.ClassificationMetrics;
import java.util.Optional;

/**
 * What training published.
 *
 * @param model the model's name
 * @param version its new version
 * @param path the version's folder
 * @param epochs passes that were made
 * @param bestEpoch the one that was kept, from 1
 * @param validation its metrics, if documents were held back
 */
public record TrainResult(
    String model,
    String version,
    String path,
    int epochs,
    int bestEpoch,
    Optional<ClassificationMetrics> validation) {}
