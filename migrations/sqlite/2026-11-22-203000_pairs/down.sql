DROP TABLE pairing;
DROP TABLE clause_pair;
