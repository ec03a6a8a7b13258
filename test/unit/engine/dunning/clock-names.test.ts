import { IANAZone } from 'luxon';
import { clockOf } from '../../../../engine/dunning/clock-names';
import { UF_OF_DDD, zonesOfDdd } from '../../../../engine/phone-ddd';
import { ANA, aReceivable, only, saoPaulo } from '../../../support/dunning';

const TUESDAY = Date.UTC(2026, 10, 24, 13);

describe('whose clock it is (X-09)', () => {
	const offset = (zone: string) => IANAZone.create(zone).offset(TUESDAY);
	const zones = [...new Set([...UF_OF_DDD.keys()].flatMap(zonesOfDdd))];

	it('is said of every zone of Brazil that does not show the time of Brasília, and of no other', () => {
		expect(zones.length).toBeGreaterThan(10);
		const others = zones.filter((zone) => offset(zone) !== offset('America/Sao_Paulo'));
		expect(zones.filter((zone) => clockOf(zone) !== '').sort()).toEqual(others.sort());
		expect([clockOf(undefined), clockOf('America/Noronha')]).toEqual(['', ' (hora de Fernando de Noronha)']);
	});

	it.each([
		['AC', '(68) 90000-0012', '09:00 (hora do Acre)'],
		['AM', '(92) 90000-0012', '09:00 (hora do Amazonas)'],
		['MT', '(65) 90000-0012', '09:00 (hora de Mato Grosso)'],
		['PE', '(81) 90000-0012', '09:00'],
	] as const)('stands behind the time a payer in %s waits for', (uf, phone, at) => {
		const payer = { ...ANA, uf, phone };
		const [dueDate, now] = ['2026-03-11', saoPaulo('2026-03-18 05:00')];
		expect(only({ receivables: [aReceivable({ payer, dueDate })], now })).toMatchObject({
			type: 'later',
			explanation: `Adiado para 18/03/2026 às ${at}: fora do horário permitido (seg. a sex. das 09:00 às 18:00).`,
		});
	});
});
