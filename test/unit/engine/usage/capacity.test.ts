import { capacityOf } from '../../../../engine/usage/capacity';

const load = { agentsOnDuty: 3, conversationsPerAgent: 10, waiting: 5, attending: 13, answerRate: 1, startsLeft: null };

describe('what the team can still start today (C-13)', () => {
	it('are the free places, each contact counted as if it answered', () => {
		const found = capacityOf(load);
		expect(found).toMatchObject({ places: 30, free: 12, absorbable: 12, suggestedStarts: 12 });
		expect(found.text).toBe(
			'3 atendentes × 10 = 30 lugares; 18 em uso (5 na fila, 13 em atendimento); 12 livres. A equipe comporta mais 12 inícios. Sugestão: iniciar 12.',
		);
	});

	it('are more when only some answer', () => {
		expect(capacityOf({ ...load, answerRate: 0.3 })).toMatchObject({ free: 12, absorbable: 40, suggestedStarts: 40 });
		expect(capacityOf({ ...load, answerRate: 0.1 }).absorbable).toBe(120);
	});

	it('are never more than the caps leave', () => {
		const found = capacityOf({ ...load, startsLeft: 7 });
		expect(found).toMatchObject({ absorbable: 12, suggestedStarts: 7 });
		expect(found.text).toMatch(/O limite de hoje ainda permite 7\. Sugestão: iniciar 7\.$/);
	});

	it('are none when the team has more than it can take, and that is said', () => {
		const found = capacityOf({ ...load, agentsOnDuty: 1 });
		expect(found).toMatchObject({ places: 10, free: 0, suggestedStarts: 0 });
		expect(found.text).toMatch(/Há 8 a mais do que a equipe comporta: espere antes de iniciar outras\.$/);
		expect(capacityOf({ ...load, agentsOnDuty: 0, waiting: 0, attending: 0 }).suggestedStarts).toBe(0);
	});
});
