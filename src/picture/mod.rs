//! Pure image work and the gallery on disk; the only place that names the image crate.
