//! The cities that "World Clock" can show beside the portal's own.

use rusqlite::{Connection, params};

use crate::{language::t, store::AccountId};

/// A city and its time zone in the IANA database, which does not have every city under its own name.
#[derive(Debug)]
pub(super) struct City {
    /// In forms and in the database.
    pub id: &'static str,
    pub name: &'static str,
    pub zone: &'static str,
}

/// In the order of their English names.
pub(super) static CITIES: [City; 30] = [
    city("abidjan", t("Abidjan"), "Africa/Abidjan"),
    city("addis-ababa", t("Addis Ababa"), "Africa/Addis_Ababa"),
    city("alexandria", t("Alexandria, Virginia"), "America/New_York"),
    city("algiers", t("Algiers"), "Africa/Algiers"),
    city("alicante", t("Alicante"), "Europe/Madrid"),
    city("auckland", t("Auckland"), "Pacific/Auckland"),
    city("beijing", t("Beijing"), "Asia/Shanghai"),
    city("bogota", t("Bogotá"), "America/Bogota"),
    city("buenos-aires", t("Buenos Aires"), "America/Argentina/Buenos_Aires"),
    city("cairo", t("Cairo"), "Africa/Cairo"),
    city("canberra", t("Canberra"), "Australia/Sydney"),
    city("daejeon", t("Daejeon"), "Asia/Seoul"),
    city("dubai", t("Dubai"), "Asia/Dubai"),
    city("harare", t("Harare"), "Africa/Harare"),
    city("honolulu", t("Honolulu"), "Pacific/Honolulu"),
    city("jakarta", t("Jakarta"), "Asia/Jakarta"),
    city("kathmandu", t("Kathmandu"), "Asia/Kathmandu"),
    city("london", t("London"), "Europe/London"),
    city("los-angeles", t("Los Angeles"), "America/Los_Angeles"),
    city("mexico-city", t("Mexico City"), "America/Mexico_City"),
    city("moscow", t("Moscow"), "Europe/Moscow"),
    city("munich", t("Munich"), "Europe/Berlin"),
    city("nairobi", t("Nairobi"), "Africa/Nairobi"),
    city("new-delhi", t("New Delhi"), "Asia/Kolkata"),
    city("new-york", t("New York"), "America/New_York"),
    city("paris", t("Paris"), "Europe/Paris"),
    city("rio-de-janeiro", t("Rio de Janeiro"), "America/Sao_Paulo"),
    city("singapore", t("Singapore"), "Asia/Singapore"),
    city("tokyo", t("Tokyo"), "Asia/Tokyo"),
    city("toronto", t("Toronto"), "America/Toronto"),
];

const fn city(id: &'static str, name: &'static str, zone: &'static str) -> City {
    City { id, name, zone }
}

/// The city with this id.
pub(super) fn find(id: &str) -> Option<&'static City> {
    CITIES.iter().find(|city| city.id == id)
}

/// Adds a city, once.
pub(super) fn add(db: &Connection, account: AccountId, city: &City) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO clock_city (account_id, city) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
        .execute(params![account, city.id])?;
    Ok(())
}

/// Removes a city.
pub(super) fn remove(db: &Connection, account: AccountId, id: &str) -> rusqlite::Result<()> {
    db.execute(
        "DELETE FROM clock_city WHERE account_id = ?1 AND city = ?2",
        params![account, id],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn every_city_has_an_id_of_its_own_and_a_zone_that_there_is() {
        assert_eq!(
            CITIES.iter().map(|city| city.id).collect::<HashSet<_>>().len(),
            CITIES.len()
        );
        for City { name, zone, .. } in &CITIES {
            assert!(TimeZone::get(zone).is_ok(), "{name}: {zone}");
        }
    }

    #[test]
    fn they_stand_in_the_order_of_their_names() {
        assert!(CITIES.is_sorted_by_key(|city| city.name));
    }
}
