//! All that speaks WebDriver.
