/** MeanMax: fastText-style text classifiers. */
package io.meanmax;
