//! Styles, scripts and fonts, all of them part of the binary.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::LazyLock,
};

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};

use super::Failure;

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

static ASSETS: [Asset; 8] = [
    Asset {
        name: "icon.svg",
        kind: "image/svg+xml",
        bytes: include_bytes!("../../assets/icon.svg"),
    },
    Asset {
        name: "portal.css",
        kind: "text/css; charset=utf-8",
        bytes: include_bytes!("../../assets/portal.css"),
    },
    Asset {
        name: "noscript.css",
        kind: "text/css; charset=utf-8",
        bytes: include_bytes!("../../assets/noscript.css"),
    },
    Asset {
        name: "portal.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../assets/portal.js"),
    },
    Asset {
        name: "dashboard.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../assets/dashboard.js"),
    },
    Asset {
        name: "dragging.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../assets/dragging.js"),
    },
    Asset {
        name: "fonts/NotoSans-Regular.ttf",
        kind: "font/ttf",
        bytes: notosans::REGULAR_TTF,
    },
    Asset {
        name: "fonts/NotoSans-Bold.ttf",
        kind: "font/ttf",
        bytes: notosans::BOLD_TTF,
    },
];

/// One hash of all: an address with it may be kept for ever.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = DefaultHasher::new();
    for asset in &ASSETS {
        asset.bytes.hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
});

/// The address of the asset `name`. Fonts, which the style sheet names, never change and carry no version.
pub(crate) fn address(name: &str) -> String {
    if name.starts_with("fonts/") {
        format!("/assets/{name}")
    } else {
        format!("/assets/{name}?v={}", *VERSION)
    }
}

pub(crate) async fn serve(Path(file): Path<String>) -> Result<Response, Failure> {
    let asset = ASSETS
        .iter()
        .find(|asset| asset.name == file)
        .ok_or(Failure::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, asset.kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.bytes).into_response())
}
