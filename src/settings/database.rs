//! Which database, as its URL says; the scheme decides, nothing is tried.

use std::path::{Path, PathBuf};

/// Where the data are: `sqlite://PATH` or `postgres://…`.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    Sqlite(PathBuf),
    Postgres(String),
}

/// A database URL that cannot be used, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadUrl {
    #[error("write the database URL as sqlite://PATH or postgres://USER@HOST/NAME")]
    Scheme,
    #[error("sqlite:// must be followed by the path of a file")]
    NoPath,
    #[error(
        "this build has no TLS to PostgreSQL: use a Unix socket, a private network or a tunnel, or build with `--features postgres-tls`"
    )]
    NoTls,
}

impl DatabaseUrl {
    /// # Errors
    /// Another scheme, no path, or TLS asked of a build without it.
    pub fn parse(url: &str) -> Result<Self, BadUrl> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            let path = path.split('?').next().unwrap_or_default();
            return if path.is_empty() { Err(BadUrl::NoPath) } else { Ok(Self::Sqlite(path.into())) };
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let asks_for_tls =
                ["require", "verify-ca", "verify-full"].iter().any(|mode| url.contains(&format!("sslmode={mode}")));
            return if asks_for_tls && !cfg!(feature = "postgres-tls") {
                Err(BadUrl::NoTls)
            } else {
                Ok(Self::Postgres(url.to_owned()))
            };
        }
        Err(BadUrl::Scheme)
    }

    /// The file of an embedded database.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(path) => Some(path),
            Self::Postgres(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_alone_chooses_the_database() {
        assert!(
            DatabaseUrl::parse("sqlite://data/x.db").ok().is_some_and(|url| url.file() == Some(Path::new("data/x.db")))
        );
        assert!(matches!(DatabaseUrl::parse("postgres://u@h/db"), Ok(DatabaseUrl::Postgres(_))));
        for (mistyped, why) in
            [("host=x dbname=y", BadUrl::Scheme), ("sqlite:x.db", BadUrl::Scheme), ("sqlite://", BadUrl::NoPath)]
        {
            assert_eq!(DatabaseUrl::parse(mistyped).err(), Some(why));
        }
    }

    #[cfg(not(feature = "postgres-tls"))]
    #[test]
    fn asking_for_tls_in_a_build_without_it_is_refused() {
        assert_eq!(DatabaseUrl::parse("postgres://h/d?sslmode=require").err(), Some(BadUrl::NoTls));
    }
}
