//! A training mock of the IP Portal.
