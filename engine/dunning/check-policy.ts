import { readOwnDates } from '../business-hours/own-dates';
import { readTaxId } from '../brazil/tax-id';
import { ConfigurationError } from '../errors';
import { UF_OF_DDD, type Uf } from '../phone-ddd';
import { checkLadder } from './check-ladder';
import { STATE_LAW_HOURS } from './contact-hours';
import type { ContactHoursTable, Creditor, DunningPolicy } from './types';
import { commonHours, isWithin, readWeek } from './week-hours';

/**
 * Can reminders be planned by this policy, and is it wise to? What cannot be planned is an error that names the field; what may get
 * the creditor into trouble is a warning for people.
 */

/** @throws ConfigurationError */
export function checkPolicy(policy: DunningPolicy): { policy: DunningPolicy; warnings: string[] } {
	const creditor = readCreditor(policy.creditor);
	checkNumbers(policy);
	checkOwnDates(policy);
	return {
		policy: { ...policy, creditor },
		warnings: [...checkLadder(policy), ...checkHours(policy.hours), ...unwiseNumbers(policy)],
	};
}

/** CDC art. 42-A: no collection message without name, address and CPF or CNPJ of the supplier. */
function readCreditor({ name, document, address }: Creditor): Creditor {
	const given = { creditorName: name, creditorDocument: document, creditorAddress: address };
	for (const [field, value] of Object.entries(given)) {
		if (typeof value === 'string' && value.trim() !== '') continue;
		throw new ConfigurationError(
			`The creditor's ${field.slice('creditor'.length).toLowerCase()} is missing.`,
			'Every reminder names the creditor with name, CNPJ or CPF, and address (CDC art. 42-A): fill it in.',
			field,
		);
	}
	const taxId = readTaxId(document);
	if (!taxId.ok) {
		throw new ConfigurationError(
			`The creditor's document is neither a CNPJ nor a CPF. ${taxId.reason}`,
			'Write it as on the invoice, e.g. 11.222.333/0001-81.',
			'creditorDocument',
		);
	}
	return { name: oneLine(name), document: taxId.digits, address: oneLine(address) };
}

interface Limits {
	field: string;
	value: number;
	from: number;
	to: number;
	/** Fractions are fine. */
	any?: boolean;
}

function checkNumbers(policy: DunningPolicy): void {
	const { charges, humanFromCents } = policy;
	const limits: Limits[] = [
		{ field: 'maxPerWeek', value: policy.maxPerWeek, from: 1, to: 7 },
		{ field: 'maxYears', value: policy.maxYears, from: 1, to: 100 },
		{ field: 'firstOverdueBankDay', value: policy.firstOverdueBankDay, from: 1, to: 60 },
		{ field: 'catchUpDays', value: policy.catchUpDays, from: 0, to: 365 },
		{ field: 'replyPauseHours', value: policy.replyPauseHours, from: 0, to: 24 * 365, any: true },
		{ field: 'promiseCheckBankDays', value: policy.promiseCheckBankDays, from: 0, to: 60 },
		{ field: 'maxPromises', value: policy.maxPromises, from: 0, to: 100 },
		{ field: 'finePercent', value: charges.finePercent, from: 0, to: 100, any: true },
		{ field: 'interestPercent', value: charges.monthlyInterestPercent, from: 0, to: 100, any: true },
	];
	if (humanFromCents !== null) {
		limits.push({ field: 'humanFromAmount', value: humanFromCents, from: 1, to: Number.MAX_SAFE_INTEGER });
	}
	for (const { field, value, from, to, any } of limits) {
		if ((any ? Number.isFinite(value) : Number.isSafeInteger(value)) && value >= from && value <= to) continue;
		throw new ConfigurationError(
			`"${field}" is ${value}.`,
			`Use a ${any ? '' : 'whole '}number from ${from}${to < Number.MAX_SAFE_INTEGER ? ` to ${to}` : ' on'}.`,
			field,
		);
	}
}

/** Special hours would open a holiday, and banks with it. */
function checkOwnDates({ ownDates }: DunningPolicy): void {
	readOwnDates(ownDates);
	ownDates.forEach(({ date, from = '', to = '' }, index) => {
		if (from.trim() === '' && to.trim() === '') return;
		throw new ConfigurationError(
			`Own dates, row ${index + 1}: ${date} has hours of its own.`,
			'Nobody is reminded on the own dates of a ladder: leave "From" and "To" empty, or remove the row.',
			'ownDates',
		);
	});
}

const STATES = new Set(UF_OF_DDD.values());

/** Two clocks an hour apart: the west of Amazonas. */
const AN_HOUR = 60;

function checkHours({ default: usual, states, openOnHolidays }: ContactHoursTable): string[] {
	const usualWeek = readWeek(usual, 'Hours');
	const weeks = new Map([...STATES].map((uf) => [uf, usualWeek]));
	for (const [uf, rows] of Object.entries(states) as Array<[Uf, (typeof states)[Uf]]>) {
		if (!STATES.has(uf)) {
			throw new ConfigurationError(`"${uf}" is not a state.`, 'Use two letters, e.g. SP.', 'hours');
		}
		if (rows) weeks.set(uf, readWeek(rows, `Hours by State, ${uf}`));
	}
	const west = weeks.get('AM')!;
	if (commonHours(west, west, AN_HOUR).every((ranges) => ranges.length === 0)) {
		throw new ConfigurationError(
			'The contact hours of AM leave no minute that is lawful on both clocks of the state.',
			'Let them be longer than an hour.',
			'hours',
		);
	}
	const beyond = (Object.keys(STATE_LAW_HOURS.states) as Uf[]).filter(
		(uf) => !isWithin(weeks.get(uf)!, readWeek(STATE_LAW_HOURS.states[uf]!, uf)),
	);
	const law =
		beyond.length === 0 ? [] : [`O horário de contato vai além do que permite a lei de ${beyond.join(', ')}.`];
	const late = [...weeks.values()].some((week) => week[6]!.length > 0 || week.flat().some(isEarlyOrLate));
	return [
		...law,
		...(late ? ['Há horário de contato antes das 8h, depois das 20h ou aos domingos: pode ser abusivo.'] : []),
		...(openOnHolidays ? ['Há contato em feriados: as leis de vários estados o proíbem.'] : []),
	];
}

function isEarlyOrLate({ from, to }: { from: number; to: number }): boolean {
	return from < 8 * 60 || to > 20 * 60;
}

function unwiseNumbers({ charges, firstOverdueBankDay, maxPerWeek, maxYears }: DunningPolicy): string[] {
	return [
		charges.finePercent > 2 && 'Multa acima de 2%: ao consumidor só se pode cobrar até 2% (CDC art. 52 §1º).',
		charges.monthlyInterestPercent > 1 && 'Juros acima de 1% ao mês: confira se o contrato e a lei permitem.',
		firstOverdueBankDay < 2 &&
			'Aviso de atraso antes do 2º dia útil bancário: o banco pode ainda não ter informado o pagamento.',
		maxPerWeek > 2 && 'Mais de 2 avisos de atraso por semana: o excesso de contatos já gerou indenização.',
		maxYears > 5 &&
			'Dívidas com mais de 5 anos estão prescritas (CC art. 206 §5º I): não as cobre sem orientação jurídica.',
	].filter((warning) => warning !== false);
}

function oneLine(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}
