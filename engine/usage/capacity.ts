/**
 * How many conversations may be started today so that the team can still answer them (C-13, X-15)? Pure.
 * Every agent attends to some conversations at a time; whoever waits or is attended to uses a place, and of the contacts who are
 * written to only some answer.
 */
export interface TeamLoad {
	agentsOnDuty: number;
	/** How many conversations one agent can look after at the same time. */
	conversationsPerAgent: number;
	/** Conversations in a queue, and those an agent attends to. */
	waiting: number;
	attending: number;
	/** Share of the started contacts who answer, over 0 up to 1. */
	answerRate: number;
	/** What the caps of the numbers leave for today; null = no cap. */
	startsLeft: number | null;
}

export interface Capacity {
	/** Places of the whole team, and how many of them are free. */
	places: number;
	free: number;
	/** Starts the free places can absorb, whatever the caps. */
	absorbable: number;
	/** Of those, what the caps allow. */
	suggestedStarts: number;
	/** In Portuguese: how it was reckoned. */
	text: string;
}

export function capacityOf(load: TeamLoad): Capacity {
	const { agentsOnDuty, conversationsPerAgent, waiting, attending, answerRate, startsLeft } = load;
	const places = Math.floor(agentsOnDuty * conversationsPerAgent);
	const busy = waiting + attending;
	const free = Math.max(0, places - busy);
	// Ten answers at 0.1: not 99 of 99.999….
	const absorbable = Math.floor(free / answerRate + 1e-9);
	const suggestedStarts = Math.min(absorbable, startsLeft ?? Infinity);
	const sentences = [
		`${agentsOnDuty} ${agentsOnDuty === 1 ? 'atendente' : 'atendentes'} × ${conversationsPerAgent} = ${places} lugares`,
		`${busy} em uso (${waiting} na fila, ${attending} em atendimento)`,
		`${free} livres`,
	];
	const rate = answerRate < 1 ? `, se ${Math.round(answerRate * 100)}% responderem,` : '';
	const cap = startsLeft === null ? '' : ` O limite de hoje ainda permite ${startsLeft}.`;
	const advice =
		busy > places ? ` Há ${busy - places} a mais do que a equipe comporta: espere antes de iniciar outras.` : '';
	return {
		...{ places, free, absorbable, suggestedStarts },
		text: `${sentences.join('; ')}. A equipe${rate} comporta mais ${absorbable} inícios.${cap} Sugestão: iniciar ${suggestedStarts}.${advice}`,
	};
}
