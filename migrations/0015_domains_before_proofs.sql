-- Domains set before there were proofs are served for as long as a proof that is not seen again: ten days. Their owners set
-- the record until then.
UPDATE sites SET domain_claimed_at = updated_at, domain_verified_at = unixepoch() * 1000, domain_check_at = unixepoch() * 1000
  WHERE domain IS NOT NULL AND domain_claimed_at IS NULL;
