//! Recency, frequency, monetary value and kin: scores, levels, segments and the lists made of them.
