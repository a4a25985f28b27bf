"""The built-in offline model: passages, word model, sampler, and a transport that speaks chat."""
