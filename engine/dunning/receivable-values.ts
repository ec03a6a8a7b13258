import { isDateText, type DateText } from '../business-hours/dates';
import { readReais } from '../brazil/money';
import { UF_OF_DDD, type Uf } from '../phone-ddd';
import { fold } from '../text';
import { kept } from './kept';
import { STATUS_WORDS } from './receivable-fields';
import type { Receivable } from './types';

/** The values of a receivable as ERPs, spreadsheets and databases write them. undefined = it cannot be read as such for certain. */
export interface Kind<T> {
	read(value: unknown): T | undefined;
	/** Portuguese: what is wrong with a value that cannot be read, after `O campo "x"`. */
	problem: string;
	/** What to write instead. */
	hint: string;
}

export const TEXT: Kind<string> = { read: textIn, problem: 'não é um texto', hint: 'Use um texto ou um número.' };

/** A time of day is left out: due dates have none, and shifting them to a zone would move them. */
export const DATE: Kind<DateText> = {
	read: (value) => {
		const text = typeof value === 'string' ? value : writtenDate(value);
		return text === null ? undefined : (dateIn(text) ?? undefined);
	},
	problem: 'não é uma data que exista',
	hint: 'Use 2026-03-10 ou 10/03/2026.',
};

export const REAIS: Kind<number> = {
	read: (value) => readReais(value) ?? undefined,
	problem: 'não é um valor em reais',
	hint: 'Use 1234.50 ou "1.234,50".',
};

export const CENTS: Kind<number> = {
	read: (value) => {
		const cents = typeof value === 'string' && /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : value;
		return typeof cents === 'number' && Number.isSafeInteger(cents) && cents >= 0 ? cents : undefined;
	},
	problem: 'não é um valor em centavos',
	hint: 'Use um número inteiro a partir de 0.',
};

export const PERCENT: Kind<number> = {
	read: (value) => {
		const written = typeof value === 'string' ? /^\s*(\d{1,3})(?:[.,](\d{1,6}))?\s*%?\s*$/.exec(value) : null;
		const percent = written ? Number(`${written[1]}.${written[2] ?? '0'}`) : value;
		return typeof percent === 'number' && percent >= 0 && percent <= 100 ? percent : undefined;
	},
	problem: 'não é uma porcentagem',
	hint: 'Use um número de 0 a 100.',
};

const STATUSES = new Map(
	(Object.entries(STATUS_WORDS) as Array<[Receivable['status'], readonly string[]]>).flatMap(([status, words]) =>
		words.map((word) => [word, status] as const),
	),
);
const statusIn = kept((text: string) => STATUSES.get(fold(text).replace(/[_-]/g, ' ')) ?? null, 1000);

export const STATUS: Kind<Receivable['status']> = {
	read: (value) => (typeof value === 'string' ? (statusIn(value) ?? undefined) : undefined),
	problem: 'tem uma situação desconhecida',
	hint: 'Use aberto, pago, cancelado, renegociado ou contestado.',
};

const YES = new Set(['sim', 's', 'yes', 'y', 'true', 'verdadeiro', 'x', '1']);
const NO = new Set(['nao', 'n', 'no', 'false', 'falso', '0', '-', 'nenhum', 'nenhuma', 'none', 'null']);

/** Why a person must look: in words, or a yes or no as ERPs and spreadsheets write them. */
export const MARK: Kind<string | boolean> = {
	read: (value) => {
		if (typeof value === 'boolean') return value;
		const words = textIn(value);
		const plain = words === undefined ? '' : fold(words);
		return YES.has(plain) ? true : NO.has(plain) ? false : words;
	},
	problem: TEXT.problem,
	hint: TEXT.hint,
};

const STATE_NAMES: Record<string, Uf> = {
	...{ acre: 'AC', alagoas: 'AL', amapa: 'AP', amazonas: 'AM', bahia: 'BA', ceara: 'CE', 'distrito federal': 'DF' },
	...{ 'espirito santo': 'ES', goias: 'GO', maranhao: 'MA', 'mato grosso': 'MT', 'mato grosso do sul': 'MS' },
	...{ 'minas gerais': 'MG', para: 'PA', paraiba: 'PB', parana: 'PR', pernambuco: 'PE', piaui: 'PI' },
	...{ 'rio de janeiro': 'RJ', 'rio grande do norte': 'RN', 'rio grande do sul': 'RS', rondonia: 'RO', roraima: 'RR' },
	...{ 'santa catarina': 'SC', 'sao paulo': 'SP', sergipe: 'SE', tocantins: 'TO' },
};
const STATES = new Map<string, Uf | 'EX'>([
	...[...UF_OF_DDD.values()].map((uf) => [uf.toLowerCase(), uf] as const),
	...Object.entries(STATE_NAMES),
	['ex', 'EX'],
]);
const stateIn = kept((text: string) => STATES.get(fold(text)) ?? null, 1000);

/** "EX" is how invoices write another country. */
export const STATE: Kind<Uf | 'EX'> = {
	read: (value) => (typeof value === 'string' ? (stateIn(value) ?? undefined) : undefined),
	problem: 'não é um estado',
	hint: 'Use a sigla, por exemplo SP.',
};

function textIn(value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim();
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

const dateIn = kept((text: string): DateText | null => {
	const iso = /^\s*(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?$/.exec(text);
	const brazilian = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})(?: .*)?$/.exec(text);
	const [year, month, day] = iso ? iso.slice(1) : brazilian ? [brazilian[3], brazilian[2], brazilian[1]] : [];
	const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
	return isDateText(date) && date >= '1900' && date < '2200' ? date : null;
});

/** What expressions and databases give instead of text. */
function writtenDate(value: unknown): string | null {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
	if (typeof value !== 'object' || value === null || !('toISODate' in value)) return null;
	return typeof value.toISODate === 'function' ? String(value.toISODate()) : null;
}
