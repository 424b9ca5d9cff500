/**
 * Configuration: one record a job, read from HOCON and checked before any work starts. The defaults
 * stand in {@code conf/reference.conf} and nowhere else.
 */
package io.meanmax.config;
