DROP TABLE match_correction;
