/**
 * From raw text to tokens: normalisation, case folding, tokenizers and stop words.
 *
 * <p>A {@link io.meanmax.text.TextPipeline} says how, is stored with the model, and opens the
 * {@link io.meanmax.text.Tokenizer} that does it, so that training and scoring see the same tokens.
 */
package io.meanmax.text;
