//! What "World Clock" shows.

use jiff::{Zoned, tz::TimeZone};

use super::cities::{CITIES, City};
use crate::{
    clock::{self, Clock},
    language::Language,
};

/// The time in the portal's own place, and in the cities that a person has added.
pub(super) struct WorldClock {
    pub home: CityTime,
    pub cities: Vec<(&'static City, CityTime)>,
    /// Whether the page's script moves the hands on.
    pub is_running: bool,
}

/// The present as a clock in one place shows it.
pub(super) struct CityTime {
    /// "14:27"
    pub time: String,
    /// "July 2, 2024"
    pub date: String,
    pub zone: &'static str,
}

impl CityTime {
    fn read(clock: &Clock, zone: &'static str, language: &Language) -> Self {
        let now = present(clock, zone);
        Self {
            time: now.strftime("%H:%M").to_string(),
            date: language.long_date(now.date()),
            zone,
        }
    }
}

impl WorldClock {
    /// `clock` as it stands here and in these cities.
    pub(super) fn read(clock: &Clock, cities: &[&'static City], language: &Language) -> Self {
        let moment = |zone| CityTime::read(clock, zone, language);
        Self {
            home: moment(clock::ZONE),
            cities: cities.iter().map(|city| (*city, moment(city.zone))).collect(),
            is_running: clock.is_running(),
        }
    }

    /// Whether it shows this city already.
    pub(super) fn shows(&self, city: &City) -> bool {
        self.cities.iter().any(|(shown, _)| shown.id == city.id)
    }

    /// Whether there is a city to be added.
    pub(super) fn has_others(&self) -> bool {
        self.cities.len() < CITIES.len()
    }
}

/// All cities in the order of their names in `language`.
pub(super) fn in_order(language: &Language) -> Vec<&'static City> {
    let mut cities: Vec<_> = CITIES.iter().collect();
    cities.sort_by(|one, other| language.compare(language.t(one.name), language.t(other.name)));
    cities
}

/// The present in the portal's own place.
pub(super) fn today(clock: &Clock) -> Zoned {
    present(clock, clock::ZONE)
}

fn present(clock: &Clock, zone: &str) -> Zoned {
    clock.now().to_zoned(TimeZone::get(zone).unwrap_or(TimeZone::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::cities;

    #[test]
    fn the_training_clock_shows_the_tutorial_s_moment() {
        let home = WorldClock::read(&Clock::training(), &[], Language::default()).home;
        assert_eq!((home.time.as_str(), home.date.as_str()), ("14:27", "July 2, 2024"));
    }

    #[test]
    fn other_cities_have_their_own_time_and_day() {
        let shown = |id, language| {
            let clock = WorldClock::read(&Clock::training(), &[cities::find(id).unwrap()], language);
            assert!(CITIES.iter().all(|city| clock.shows(city) == (city.id == id)));
            let moment = &clock.cities[0].1;
            format!("{} {}", moment.date, moment.time)
        };
        let english = Language::default();
        assert_eq!(shown("kathmandu", english), "July 2, 2024 18:12");
        assert_eq!(shown("auckland", english), "July 3, 2024 00:27");
        assert_eq!(shown("honolulu", english), "July 2, 2024 02:27");
        assert_eq!(shown("auckland", Language::find("fr").unwrap()), "3 juillet 2024 00:27");
    }
    #[test]
    fn cities_are_offered_in_the_order_of_their_names_in_each_language() {
        let offered = |code| {
            let cities = in_order(Language::find(code).unwrap());
            cities.iter().map(|city| city.id).collect::<Vec<_>>().join(" ")
        };
        assert!(offered("en").contains("auckland beijing bogota"));
        // Paris, Pékin, Rio de Janeiro; باريس، بكين، بوغوتا
        assert!(offered("fr").contains("paris beijing rio-de-janeiro"));
        assert!(offered("ar").contains("paris beijing bogota"));
    }
}
