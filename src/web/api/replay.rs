//! Repeated requests of staff: the same Idempotency-Key gives the first answer again.
