import { compilePolicy, DEFAULT_LADDER, DEFAULT_POLICY, dunningPolicy } from '../../../../engine/dunning/policy';
import { STATE_LAW_HOURS } from '../../../../engine/dunning/contact-hours';
import type { DunningPolicy } from '../../../../engine/dunning/types';
import { ConfigurationError } from '../../../../engine/errors';
import { aStep, CREDITOR } from '../../../support/dunning';

const compile = (given: Partial<DunningPolicy> = {}) => compilePolicy(dunningPolicy({ creditor: CREDITOR, ...given }));

/** The field and the message of what is wrong. */
function complaint(given: Partial<DunningPolicy>): [field: string | undefined, message: string] {
	try {
		compile(given);
	} catch (error) {
		if (error instanceof ConfigurationError) return [error.field, error.message];
		throw error;
	}
	return [undefined, 'fine'];
}

const MONDAY_TO_FRIDAY = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const hours = (
	from: string,
	to: string,
	days: readonly ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sun')[] = MONDAY_TO_FRIDAY,
) => ({
	default: [{ days: [...days], from, to }],
	states: {},
});

describe('the default policy', () => {
	it('is the ladder of D-3, D0, D+2 bank days, D+7, D+15, D+30 and a person at D+45', () => {
		expect(
			DEFAULT_LADDER.map(({ key, offset, unit, action, template }) => [key, offset, unit, template ?? action]),
		).toEqual([
			['d-3', -3, 'calendarDays', 'regua_lembrete'],
			['d0', 0, 'calendarDays', 'regua_vence_hoje'],
			['d+2u', 2, 'bankDays', 'regua_em_aberto'],
			['d+7', 7, 'calendarDays', 'regua_combinar_data'],
			['d+15', 15, 'calendarDays', 'regua_condicoes'],
			['d+30', 30, 'calendarDays', 'regua_demonstrativo'],
			['d+45', 45, 'calendarDays', 'human'],
		]);
	});

	it('needs nothing but the creditor and warns of nothing', () => {
		const { policy, warnings } = compile();
		expect(warnings).toEqual([]);
		expect(policy).toEqual({ ...DEFAULT_POLICY, creditor: { ...CREDITOR, document: '11222333000181' } });
		expect(DEFAULT_POLICY).toMatchObject({
			maxPerWeek: 2,
			maxYears: 5,
			firstOverdueBankDay: 2,
			catchUpDays: 5,
			replyPauseHours: 24,
			promiseCheckBankDays: 1,
			maxPromises: 2,
			charges: { finePercent: 0, monthlyInterestPercent: 0 },
			humanFromCents: null,
		});
	});

	it('takes the place of what is not given', () => {
		expect(dunningPolicy({ creditor: CREDITOR, maxPerWeek: undefined, maxYears: 3 })).toMatchObject({
			maxPerWeek: 2,
			maxYears: 3,
		});
	});

	it('may send its own words as text', () => {
		const steps = DEFAULT_LADDER.map((step) => (step.action === 'human' ? step : { ...step, action: 'text' as const }));
		expect(compile({ steps }).warnings).toEqual([]);
	});

	it('finds nothing to warn of in the hours of the state laws', () => {
		expect(compile({ hours: STATE_LAW_HOURS }).warnings).toEqual([]);
	});
});

describe('a policy made sure of', () => {
	it.each([
		[{ name: ' ' }, 'creditorName'],
		[{ document: '' }, 'creditorDocument'],
		[{ document: '11.222.333/0001-82' }, 'creditorDocument'],
		[{ address: '\n' }, 'creditorAddress'],
	])('refuses the creditor %j (CDC art. 42-A)', (part, field) => {
		expect(complaint({ creditor: { ...CREDITOR, ...part } })[0]).toBe(field);
	});

	it('takes a CPF and a CNPJ with letters, and writes name and address on one line', () => {
		const document = (given: string) =>
			compile({ creditor: { ...CREDITOR, document: given } }).policy.creditor.document;
		expect([document('529.982.247-25'), document('12.ABC.345/01DE-35')]).toEqual(['52998224725', '12ABC34501DE35']);
		const { creditor } = compile({ creditor: { ...CREDITOR, address: ' Rua das Flores, 10\nSão Paulo/SP ' } }).policy;
		expect(creditor.address).toBe('Rua das Flores, 10 São Paulo/SP');
	});

	it.each([
		['no steps', [], 'The ladder has no steps.'],
		[
			'the same key twice',
			[aStep(), aStep({ offset: 8 })],
			'Ladder, step 2 ("d+7"): another step has this key already.',
		],
		['no key', [aStep({ key: ' ' })], 'Ladder, step 1 has no key.'],
		['half a day', [aStep({ offset: 0.5 })], 'Ladder, step 1 ("d+7"): the offset is 0.5.'],
		['no number', [aStep({ offset: NaN })], 'Ladder, step 1 ("d+7"): the offset is NaN.'],
		['a century', [aStep({ offset: 36_500 })], 'Ladder, step 1 ("d+7"): the offset is 36500.'],
		['an unknown unit', [aStep({ unit: 'weeks' as 'bankDays' })], 'Ladder, step 1 ("d+7"), "unit" is "weeks".'],
		['an unknown action', [aStep({ action: 'call' as 'human' })], 'Ladder, step 1 ("d+7"), "action" is "call".'],
		['an unknown shift', [aStep({ shift: 'none' as 'next' })], 'Ladder, step 1 ("d+7"), "shift" is "none".'],
		['no template', [aStep({ template: '' })], 'Ladder, step 1 ("d+7") names no template.'],
		['no text', [aStep({ action: 'text' })], 'Ladder, step 1 ("d+7") has no text.'],
		[
			'a text without the creditor',
			[aStep({ action: 'text', text: 'Pague [fatura]' })],
			'Ladder, step 1 ("d+7"): the text does not name the creditor.',
		],
		[
			'an endless text',
			[aStep({ action: 'text', text: `[rodape]${'x'.repeat(4096)}` })],
			'Ladder, step 1 ("d+7"): the text has 4104 characters.',
		],
	])('refuses a ladder with %s', (_, steps, message) => {
		expect(complaint({ steps })).toEqual(['ladder', message]);
	});

	it.each([
		['maxPerWeek', { maxPerWeek: 0 }],
		['maxYears', { maxYears: 1.5 }],
		['firstOverdueBankDay', { firstOverdueBankDay: 0 }],
		['catchUpDays', { catchUpDays: -1 }],
		['replyPauseHours', { replyPauseHours: NaN }],
		['promiseCheckBankDays', { promiseCheckBankDays: 61 }],
		['maxPromises', { maxPromises: -1 }],
		['finePercent', { charges: { finePercent: -1, monthlyInterestPercent: 0 } }],
		['interestPercent', { charges: { finePercent: 0, monthlyInterestPercent: Infinity } }],
		['humanFromAmount', { humanFromCents: 0 }],
	])('refuses a wrong %s', (field, given) => {
		expect(complaint(given)[0]).toBe(field);
	});

	it.each([
		['a wrong time', hours('9 horas', '18:00'), 'Hours, row 1, "From": "9 horas" is not a time of day.'],
		['the night', hours('20:00', '02:00'), 'Hours, row 1: the hours pass midnight.'],
		['no day', hours('09:00', '18:00', []), 'Hours, row 1: no day is chosen.'],
		['no hours', { default: [], states: {} }, 'Hours: there are no hours.'],
		[
			'an unknown day',
			{ default: [{ days: ['seg' as 'mon'], from: '09:00', to: '18:00' }], states: {} },
			'Hours, row 1: "seg" is not a day.',
		],
		[
			'a state without hours',
			{ ...hours('09:00', '18:00'), states: { SP: [] } },
			'Hours by State, SP: there are no hours.',
		],
		['an unknown state', { ...hours('09:00', '18:00'), states: { XX: [] } as object }, '"XX" is not a state.'],
		[
			'less than an hour in the two clocks of AM',
			hours('09:00', '10:00'),
			'The contact hours of AM leave no minute that is lawful on both clocks of the state.',
		],
	])('refuses contact hours with %s', (_, table, message) => {
		expect(complaint({ hours: table })).toEqual(['hours', message]);
	});

	it('refuses own dates with hours of their own, which would open holidays and banks', () => {
		const ownDates = [{ date: '24/12', name: 'Véspera', from: '09:00', to: '12:00' }];
		expect(complaint({ ownDates })).toEqual(['ownDates', 'Own dates, row 1: 24/12 has hours of its own.']);
		expect(complaint({ ownDates: [{ date: '31/02', name: '' }] })[0]).toBe('ownDates');
	});
});

describe('warnings of a policy', () => {
	it.each([
		[{ charges: { finePercent: 2, monthlyInterestPercent: 1 } }, []],
		[{ charges: { finePercent: 2.01, monthlyInterestPercent: 1 } }, [/Multa acima de 2%.*CDC art\. 52/]],
		[{ charges: { finePercent: 0, monthlyInterestPercent: 3 } }, [/Juros acima de 1% ao mês/]],
		[{ firstOverdueBankDay: 1 }, [/2º dia útil bancário/]],
		[{ maxPerWeek: 3 }, [/Mais de 2 avisos/]],
		[{ maxYears: 6 }, [/prescritas/]],
		[{ steps: [aStep({ offset: 1, name: 'Cedo' })] }, [/Passo "Cedo".*2º dia útil bancário/]],
		[{ steps: [aStep(), aStep({ key: 'b', name: 'B' })] }, [/"Combinar data" e "B" caem sempre no mesmo dia/]],
		[{ steps: [aStep(), aStep({ key: 'b', segments: ['vip'] })] }, []],
		[{ hours: hours('08:00', '20:00') }, [/além do que permite a lei de AM, CE, ES, RJ\./]],
		[{ hours: { ...hours('09:00', '18:00'), states: hoursOf('RJ', '08:00', '19:00') } }, [/lei de RJ\./]],
		[{ hours: { ...hours('09:00', '18:00'), states: hoursOf('MG', '07:00', '18:00') } }, [/antes das 8h/]],
		[{ hours: { ...hours('09:00', '18:00'), openOnHolidays: true } }, [/contato em feriados/]],
		[
			{
				hours: { ...hours('09:00', '18:00'), states: { MG: [{ days: ['sun' as const], from: '10:00', to: '12:00' }] } },
			},
			[/domingos/],
		],
	])('of %j', (given, expected) => {
		const { warnings } = compile(given as Partial<DunningPolicy>);
		expect(warnings).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
	});

	it.each([
		['Olá. Seu nome vai ao SPC.\nSe já pagou, desconsidere. [rodape] SAIR', /"spc" pode soar como ameaça/],
		['Olá, [nome]: [valor].\nSe já pagou, desconsidere. [rodape] SAIR', /primeira linha mostra \[valor\]/],
		['Olá.\nSe já pagou, desconsidere. [rodape]', /como deixar de receber/],
		['Olá.\n[credor], [doc_credor], [endereco_credor]. Responda SAIR.', /falta "se já pagou, desconsidere"/],
		[`Olá.\nSe já pagou, desconsidere. ${'x'.repeat(550)} [rodape] SAIR`, /passa de 550 caracteres/],
	])('of the words %j', (text, pattern) => {
		expect(compile({ steps: [aStep({ action: 'text', text })] }).warnings).toEqual([expect.stringMatching(pattern)]);
	});
});

function hoursOf(uf: 'RJ' | 'MG', from: string, to: string): DunningPolicy['hours']['states'] {
	return { [uf]: [{ days: [...MONDAY_TO_FRIDAY], from, to }] };
}
