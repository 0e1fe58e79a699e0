use actix_web::HttpResponse;

use crate::web::Failure;

pub async fn export() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn list() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn make() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}
