//! The name that a request asks for the portal by. A name that somebody's server gives out for 127.0.0.1 (DNS rebinding)
//! would let their page read the portal as if it were their own; it stands in the request as it is.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Version, header, uri::Authority},
};

/// Why a request is not for this portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HostError {
    /// It names no host, two, or something that is none (RFC 9112, 3.2).
    Malformed,
    /// It names another host.
    Foreign,
}

/// Checks that the request names this machine, once.
pub(crate) fn check(request: &Request) -> Result<(), HostError> {
    let host = one_host(request)?;
    // The address may name the host, too, and then goes before the header.
    match request.uri().authority() {
        Some(named) if host.is_some_and(|host| !host.as_bytes().eq_ignore_ascii_case(named.as_str().as_bytes())) => {
            Err(HostError::Malformed)
        }
        Some(named) => check_name(named.as_str()),
        None => host.map_or(Ok(()), |host| check_name(host.to_str().unwrap_or_default())),
    }
}

/// The header, of which there is one; none is allowed before HTTP/1.1 only.
fn one_host(request: &Request) -> Result<Option<&HeaderValue>, HostError> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let host = hosts.next();
    let is_missing = host.is_none() && request.version() >= Version::HTTP_11;
    if is_missing || hosts.next().is_some() {
        Err(HostError::Malformed)
    } else {
        Ok(host)
    }
}

fn check_name(text: &str) -> Result<(), HostError> {
    let authority: Authority = text.parse().map_err(|_| HostError::Malformed)?;
    let port = text.strip_prefix(authority.host()).ok_or(HostError::Malformed)?;
    let is_port = |digits: &str| digits.is_empty() || digits.parse::<u16>().is_ok();
    // What stands before an "@" would be a username, and is no part of a host.
    if !port.is_empty() && !port.strip_prefix(':').is_some_and(is_port) {
        return Err(HostError::Malformed);
    }
    let is_here = ["127.0.0.1", "[::1]", "localhost"]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(authority.host()));
    if is_here { Ok(()) } else { Err(HostError::Foreign) }
}

/// What the portal calls the cookie `name`: `portal-8080`. Browsers send cookies to every port of a host, so that a
/// second portal would take the first one's.
pub(crate) fn cookie_name(name: &str, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let port = host.and_then(|host| host.parse::<Authority>().ok()?.port_u16());
    port.map_or_else(|| name.to_owned(), |port| format!("{name}-{port}"))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn checked(address: &str, hosts: &[&str]) -> Result<(), HostError> {
        let request = hosts.iter().fold(Request::builder().uri(address), |request, host| {
            request.header("host", *host)
        });
        check(&request.body(Body::empty()).unwrap())
    }

    #[test]
    fn loopback_goes_by_three_names_with_any_port() {
        for host in [
            "127.0.0.1",
            "127.0.0.1:8080",
            "localhost:1",
            "LocalHost",
            "[::1]:8080",
            "localhost:",
        ] {
            assert_eq!(checked("/", &[host]), Ok(()), "{host}");
            assert_eq!(checked(&format!("http://{host}/"), &[host]), Ok(()), "{host}");
        }
    }

    #[test]
    fn other_names_are_foreign() {
        for host in [
            "evil.example",
            "127.0.0.1.evil.example:8080",
            "localhost.",
            "portal.localhost",
            "127.0.0.2",
            "0.0.0.0",
            "[::]",
        ] {
            assert_eq!(checked("/", &[host]), Err(HostError::Foreign), "{host}");
        }
    }

    #[test]
    fn what_is_no_host_or_not_one_is_malformed() {
        for host in [
            "",
            "evil@127.0.0.1",
            "evil@127.0.0.1:80",
            "127.0.0.1:x",
            "127.0.0.1:99999",
            "127.0.0.1/",
            "a b",
        ] {
            assert_eq!(checked("/", &[host]), Err(HostError::Malformed), "{host}");
        }
        assert_eq!(checked("/", &[]), Err(HostError::Malformed));
        assert_eq!(checked("/", &["localhost", "localhost"]), Err(HostError::Malformed));
        assert_eq!(
            checked("http://evil.example/", &["localhost"]),
            Err(HostError::Malformed)
        );
    }

    #[test]
    fn each_port_has_cookies_of_its_own() {
        let name = |host: &str| cookie_name("portal", &HeaderMap::from_iter([(header::HOST, host.parse().unwrap())]));
        assert_eq!(name("127.0.0.1:8080"), "portal-8080");
        assert_eq!(name("[::1]:9000"), "portal-9000");
        assert_eq!(name("localhost"), "portal");
    }

    #[test]
    fn http_1_0_needs_no_host() {
        let request = Request::builder()
            .version(Version::HTTP_10)
            .body(Body::empty())
            .unwrap();
        assert_eq!(check(&request), Ok(()));
    }
}
