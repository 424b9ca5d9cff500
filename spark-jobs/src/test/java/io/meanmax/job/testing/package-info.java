/** What the tests of the jobs share: the session, settings, small corpora. */
package io.meanmax.job.testing;
