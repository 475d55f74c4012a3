-- What articles state. A row is current while closed_run_id is null; nothing is deleted.
-- The last run and version of a current row are those of its document, so that a run that sees the same again
-- rewrites documents alone.

CREATE TABLE core.observations (
    observation_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    metric VARCHAR NOT NULL,
    value DECIMAL(38, 6) NOT NULL,
    value_max DECIMAL(38, 6),
    unit VARCHAR NOT NULL,
    "of" DECIMAL(38, 6),
    per VARCHAR,
    region_code VARCHAR,
    region_name VARCHAR,
    region_level VARCHAR,
    region_basis VARCHAR,
    region_text VARCHAR,
    region_text_start INTEGER,
    region_text_end INTEGER,
    period VARCHAR,
    period_basis VARCHAR,
    period_text VARCHAR,
    period_text_start INTEGER,
    period_text_end INTEGER,
    segment VARCHAR,
    segment_text VARCHAR,
    programs VARCHAR[] NOT NULL,
    qualifier VARCHAR,
    quote VARCHAR NOT NULL,
    quote_start INTEGER NOT NULL,
    quote_end INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    sentence VARCHAR NOT NULL,
    sentence_start INTEGER NOT NULL,
    rule VARCHAR NOT NULL,
    cleaner_version VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    first_run_id VARCHAR NOT NULL,
    since_run_id VARCHAR NOT NULL,
    last_run_id VARCHAR,
    last_version_id VARCHAR,
    closed_run_id VARCHAR
);
COMMENT ON TABLE core.observations IS 'Figures that articles state, one row each in its present or, once closed, last state.';
COMMENT ON COLUMN core.observations.observation_id IS 'identifier, from document, sentence, quote, ordinal, metric and region; not from value or place';
COMMENT ON COLUMN core.observations.document_id IS 'document that states it';
COMMENT ON COLUMN core.observations.metric IS 'what is measured, in core.metrics';
COMMENT ON COLUMN core.observations.value IS 'the figure, exact; the lower end of a stated range';
COMMENT ON COLUMN core.observations.value_max IS 'upper end of a stated range';
COMMENT ON COLUMN core.observations.unit IS 'unit of the value';
COMMENT ON COLUMN core.observations."of" IS 'number of others that a rank is among';
COMMENT ON COLUMN core.observations.per IS 'what the value is stated for each of, such as case';
COMMENT ON COLUMN core.observations.region_code IS 'Kemendagri code of the region; null where none is known';
COMMENT ON COLUMN core.observations.region_name IS 'name of the region as extracted';
COMMENT ON COLUMN core.observations.region_level IS 'level of the region as extracted';
COMMENT ON COLUMN core.observations.region_basis IS 'what the region rests on';
COMMENT ON COLUMN core.observations.region_text IS 'words that the region rests on';
COMMENT ON COLUMN core.observations.region_text_start IS 'where those words begin in the text; null in the title';
COMMENT ON COLUMN core.observations.region_text_end IS 'where those words end in the text';
COMMENT ON COLUMN core.observations.period IS 'ISO 8601: YYYY, YYYY-MM, YYYY-MM-DD or START/END; null where none is known';
COMMENT ON COLUMN core.observations.period_basis IS 'what the period rests on';
COMMENT ON COLUMN core.observations.period_text IS 'words that the period rests on';
COMMENT ON COLUMN core.observations.period_text_start IS 'where those words begin in the text; null in the title';
COMMENT ON COLUMN core.observations.period_text_end IS 'where those words end in the text';
COMMENT ON COLUMN core.observations.segment IS 'group of workers; null for all or none stated';
COMMENT ON COLUMN core.observations.segment_text IS 'the article''s words for the group';
COMMENT ON COLUMN core.observations.programs IS 'insurance programs named with it, such as JKK and JKM';
COMMENT ON COLUMN core.observations.qualifier IS 'words that weaken or bound the figure, such as about or more than';
COMMENT ON COLUMN core.observations.quote IS 'words that state the figure';
COMMENT ON COLUMN core.observations.quote_start IS 'where the quote begins in the text, in code points from 0';
COMMENT ON COLUMN core.observations.quote_end IS 'where the quote ends in the text, exclusive';
COMMENT ON COLUMN core.observations.ordinal IS 'count of observations with the same quote in the sentence, from 0';
COMMENT ON COLUMN core.observations.sentence IS 'sentence that the quote stands in';
COMMENT ON COLUMN core.observations.sentence_start IS 'where the sentence begins in the text';
COMMENT ON COLUMN core.observations.rule IS 'rule that read it';
COMMENT ON COLUMN core.observations.cleaner_version IS 'version of the cleaner that led to this state of the row';
COMMENT ON COLUMN core.observations.extractor_version IS 'version of the extractor that wrote this state of the row';
COMMENT ON COLUMN core.observations.first_run_id IS 'run that first saw it';
COMMENT ON COLUMN core.observations.since_run_id IS 'run that wrote this state of the row: added, changed, moved or reopened it';
COMMENT ON COLUMN core.observations.last_run_id IS 'last run that saw it; null while current, when it is the last run of its document';
COMMENT ON COLUMN core.observations.last_version_id IS 'version of the document that it last stood in; null while current, when it is the document''s current one';
COMMENT ON COLUMN core.observations.closed_run_id IS 'run that no longer saw it; null while current';

CREATE TABLE core.observation_history (
    observation_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    metric VARCHAR NOT NULL,
    value DECIMAL(38, 6) NOT NULL,
    value_max DECIMAL(38, 6),
    unit VARCHAR NOT NULL,
    "of" DECIMAL(38, 6),
    per VARCHAR,
    region_code VARCHAR,
    region_name VARCHAR,
    region_level VARCHAR,
    region_basis VARCHAR,
    region_text VARCHAR,
    region_text_start INTEGER,
    region_text_end INTEGER,
    period VARCHAR,
    period_basis VARCHAR,
    period_text VARCHAR,
    period_text_start INTEGER,
    period_text_end INTEGER,
    segment VARCHAR,
    segment_text VARCHAR,
    programs VARCHAR[] NOT NULL,
    qualifier VARCHAR,
    quote VARCHAR NOT NULL,
    quote_start INTEGER NOT NULL,
    quote_end INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    sentence VARCHAR NOT NULL,
    sentence_start INTEGER NOT NULL,
    rule VARCHAR NOT NULL,
    cleaner_version VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    first_run_id VARCHAR NOT NULL,
    since_run_id VARCHAR NOT NULL,
    last_run_id VARCHAR NOT NULL,
    last_version_id VARCHAR NOT NULL,
    closed_run_id VARCHAR NOT NULL
);
COMMENT ON TABLE core.observation_history IS 'Earlier states of observations that were changed, moved or reopened; columns as in core.observations.';
COMMENT ON COLUMN core.observation_history.observation_id IS 'identifier, from document, sentence, quote, ordinal, metric and region; not from value or place';
COMMENT ON COLUMN core.observation_history.document_id IS 'document that states it';
COMMENT ON COLUMN core.observation_history.metric IS 'what is measured, in core.metrics';
COMMENT ON COLUMN core.observation_history.value IS 'the figure, exact; the lower end of a stated range';
COMMENT ON COLUMN core.observation_history.value_max IS 'upper end of a stated range';
COMMENT ON COLUMN core.observation_history.unit IS 'unit of the value';
COMMENT ON COLUMN core.observation_history."of" IS 'number of others that a rank is among';
COMMENT ON COLUMN core.observation_history.per IS 'what the value is stated for each of, such as case';
COMMENT ON COLUMN core.observation_history.region_code IS 'Kemendagri code of the region; null where none is known';
COMMENT ON COLUMN core.observation_history.region_name IS 'name of the region as extracted';
COMMENT ON COLUMN core.observation_history.region_level IS 'level of the region as extracted';
COMMENT ON COLUMN core.observation_history.region_basis IS 'what the region rests on';
COMMENT ON COLUMN core.observation_history.region_text IS 'words that the region rests on';
COMMENT ON COLUMN core.observation_history.region_text_start IS 'where those words begin in the text; null in the title';
COMMENT ON COLUMN core.observation_history.region_text_end IS 'where those words end in the text';
COMMENT ON COLUMN core.observation_history.period IS 'ISO 8601: YYYY, YYYY-MM, YYYY-MM-DD or START/END; null where none is known';
COMMENT ON COLUMN core.observation_history.period_basis IS 'what the period rests on';
COMMENT ON COLUMN core.observation_history.period_text IS 'words that the period rests on';
COMMENT ON COLUMN core.observation_history.period_text_start IS 'where those words begin in the text; null in the title';
COMMENT ON COLUMN core.observation_history.period_text_end IS 'where those words end in the text';
COMMENT ON COLUMN core.observation_history.segment IS 'group of workers; null for all or none stated';
COMMENT ON COLUMN core.observation_history.segment_text IS 'the article''s words for the group';
COMMENT ON COLUMN core.observation_history.programs IS 'insurance programs named with it, such as JKK and JKM';
COMMENT ON COLUMN core.observation_history.qualifier IS 'words that weaken or bound the figure, such as about or more than';
COMMENT ON COLUMN core.observation_history.quote IS 'words that state the figure';
COMMENT ON COLUMN core.observation_history.quote_start IS 'where the quote begins in the text, in code points from 0';
COMMENT ON COLUMN core.observation_history.quote_end IS 'where the quote ends in the text, exclusive';
COMMENT ON COLUMN core.observation_history.ordinal IS 'count of observations with the same quote in the sentence, from 0';
COMMENT ON COLUMN core.observation_history.sentence IS 'sentence that the quote stands in';
COMMENT ON COLUMN core.observation_history.sentence_start IS 'where the sentence begins in the text';
COMMENT ON COLUMN core.observation_history.rule IS 'rule that read it';
COMMENT ON COLUMN core.observation_history.cleaner_version IS 'version of the cleaner that led to this state of the row';
COMMENT ON COLUMN core.observation_history.extractor_version IS 'version of the extractor that wrote this state of the row';
COMMENT ON COLUMN core.observation_history.first_run_id IS 'run that first saw it';
COMMENT ON COLUMN core.observation_history.since_run_id IS 'run that wrote this state of the row: added, changed, moved or reopened it';
COMMENT ON COLUMN core.observation_history.last_run_id IS 'last run that saw this state';
COMMENT ON COLUMN core.observation_history.last_version_id IS 'version of the document that this state last stood in';
COMMENT ON COLUMN core.observation_history.closed_run_id IS 'run that ended this state';

CREATE TABLE core.number_mentions (
    mention_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    text_start INTEGER NOT NULL,
    text_end INTEGER NOT NULL,
    value DECIMAL(38, 6),
    role VARCHAR NOT NULL,
    explanation VARCHAR NOT NULL,
    cleaner_version VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    first_run_id VARCHAR NOT NULL,
    since_run_id VARCHAR NOT NULL,
    last_run_id VARCHAR,
    last_version_id VARCHAR,
    closed_run_id VARCHAR
);
COMMENT ON TABLE core.number_mentions IS 'Every number of an article and what became of it: the census that shows what was passed over.';
COMMENT ON COLUMN core.number_mentions.mention_id IS 'identifier, from the document, the words and how often they came before';
COMMENT ON COLUMN core.number_mentions.document_id IS 'document that it stands in';
COMMENT ON COLUMN core.number_mentions.text IS 'the number as written';
COMMENT ON COLUMN core.number_mentions.text_start IS 'where it begins in the text, in code points from 0';
COMMENT ON COLUMN core.number_mentions.text_end IS 'where it ends in the text, exclusive';
COMMENT ON COLUMN core.number_mentions.value IS 'its value; null where it has none or too many digits';
COMMENT ON COLUMN core.number_mentions.role IS 'observation, the kind of decoy, or unexplained';
COMMENT ON COLUMN core.number_mentions.explanation IS 'why it has that role';
COMMENT ON COLUMN core.number_mentions.cleaner_version IS 'version of the cleaner that led to this state of the row';
COMMENT ON COLUMN core.number_mentions.extractor_version IS 'version of the extractor that wrote this state of the row';
COMMENT ON COLUMN core.number_mentions.first_run_id IS 'run that first saw it';
COMMENT ON COLUMN core.number_mentions.since_run_id IS 'run that wrote this state of the row: added, changed, moved or reopened it';
COMMENT ON COLUMN core.number_mentions.last_run_id IS 'last run that saw it; null while current, when it is the last run of its document';
COMMENT ON COLUMN core.number_mentions.last_version_id IS 'version of the document that it last stood in; null while current, when it is the document''s current one';
COMMENT ON COLUMN core.number_mentions.closed_run_id IS 'run that no longer saw it; null while current';

CREATE TABLE core.agreements (
    agreement_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    date VARCHAR,
    region_code VARCHAR,
    parties VARCHAR[] NOT NULL,
    quote VARCHAR NOT NULL,
    quote_start INTEGER NOT NULL,
    quote_end INTEGER NOT NULL,
    cleaner_version VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    first_run_id VARCHAR NOT NULL,
    since_run_id VARCHAR NOT NULL,
    last_run_id VARCHAR,
    last_version_id VARCHAR,
    closed_run_id VARCHAR
);
COMMENT ON TABLE core.agreements IS 'Agreements that articles name.';
COMMENT ON COLUMN core.agreements.agreement_id IS 'identifier, from the document, the kind, the quote and how often they came before';
COMMENT ON COLUMN core.agreements.document_id IS 'document that names it';
COMMENT ON COLUMN core.agreements.kind IS 'kind of agreement, such as nota kesepakatan';
COMMENT ON COLUMN core.agreements.date IS 'day of signing, ISO 8601, as precise as stated';
COMMENT ON COLUMN core.agreements.region_code IS 'Kemendagri code of the region that it is about';
COMMENT ON COLUMN core.agreements.parties IS 'parties as named';
COMMENT ON COLUMN core.agreements.quote IS 'words that name it';
COMMENT ON COLUMN core.agreements.quote_start IS 'where the quote begins in the text, in code points from 0';
COMMENT ON COLUMN core.agreements.quote_end IS 'where the quote ends in the text, exclusive';
COMMENT ON COLUMN core.agreements.cleaner_version IS 'version of the cleaner that led to this state of the row';
COMMENT ON COLUMN core.agreements.extractor_version IS 'version of the extractor that wrote this state of the row';
COMMENT ON COLUMN core.agreements.first_run_id IS 'run that first saw it';
COMMENT ON COLUMN core.agreements.since_run_id IS 'run that wrote this state of the row: added, changed, moved or reopened it';
COMMENT ON COLUMN core.agreements.last_run_id IS 'last run that saw it; null while current, when it is the last run of its document';
COMMENT ON COLUMN core.agreements.last_version_id IS 'version of the document that it last stood in; null while current, when it is the document''s current one';
COMMENT ON COLUMN core.agreements.closed_run_id IS 'run that no longer saw it; null while current';

CREATE TABLE core.regulations (
    regulation_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    year INTEGER,
    region_code VARCHAR,
    quote VARCHAR NOT NULL,
    quote_start INTEGER NOT NULL,
    quote_end INTEGER NOT NULL,
    cleaner_version VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    first_run_id VARCHAR NOT NULL,
    since_run_id VARCHAR NOT NULL,
    last_run_id VARCHAR,
    last_version_id VARCHAR,
    closed_run_id VARCHAR
);
COMMENT ON TABLE core.regulations IS 'Regulations that articles name.';
COMMENT ON COLUMN core.regulations.regulation_id IS 'identifier, from the document, kind, number, quote and how often they came before';
COMMENT ON COLUMN core.regulations.document_id IS 'document that names it';
COMMENT ON COLUMN core.regulations.kind IS 'kind of regulation, such as Pergub';
COMMENT ON COLUMN core.regulations.number IS 'number as written';
COMMENT ON COLUMN core.regulations.year IS 'year of the regulation';
COMMENT ON COLUMN core.regulations.region_code IS 'Kemendagri code of the region that made it';
COMMENT ON COLUMN core.regulations.quote IS 'words that name it';
COMMENT ON COLUMN core.regulations.quote_start IS 'where the quote begins in the text, in code points from 0';
COMMENT ON COLUMN core.regulations.quote_end IS 'where the quote ends in the text, exclusive';
COMMENT ON COLUMN core.regulations.cleaner_version IS 'version of the cleaner that led to this state of the row';
COMMENT ON COLUMN core.regulations.extractor_version IS 'version of the extractor that wrote this state of the row';
COMMENT ON COLUMN core.regulations.first_run_id IS 'run that first saw it';
COMMENT ON COLUMN core.regulations.since_run_id IS 'run that wrote this state of the row: added, changed, moved or reopened it';
COMMENT ON COLUMN core.regulations.last_run_id IS 'last run that saw it; null while current, when it is the last run of its document';
COMMENT ON COLUMN core.regulations.last_version_id IS 'version of the document that it last stood in; null while current, when it is the document''s current one';
COMMENT ON COLUMN core.regulations.closed_run_id IS 'run that no longer saw it; null while current';
