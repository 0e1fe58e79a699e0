use actix_web::HttpResponse;

use crate::web::Failure;

pub async fn changes() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn import() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn list() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn make() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn publish() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn version() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}
