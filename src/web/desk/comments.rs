use actix_web::HttpResponse;

use crate::web::Failure;

pub async fn export() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}

pub async fn get() -> Result<HttpResponse, Failure> {
    Err(Failure::NotFound)
}
