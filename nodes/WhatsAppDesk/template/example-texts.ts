/** Two openings to begin with (C-32): a talk about an open amount, and school fees. Variables are person, operator, creditor (C-31). */
export const EXAMPLE_BODIES = {
	debtNegotiation: {
		body: 'Olá, {{1}}! Aqui é {{2}}, do atendimento da {{3}}. Há um valor em aberto no seu cadastro e queremos combinar com você a melhor forma de regularizar. Podemos conversar por aqui?',
		examples: { '1': 'Ana', '2': 'Bruno', '3': 'Oficina Aurora' },
	},
	schoolFees: {
		body: 'Olá, {{1}}! Aqui é da secretaria da {{2}}. A mensalidade de {{3}} ainda consta em aberto. Se você já pagou, desconsidere este aviso; se precisar de ajuda, é só responder por aqui.',
		examples: { '1': 'Ana', '2': 'Escola Horizonte', '3': 'março' },
	},
} as const;

export type ExampleBody = keyof typeof EXAMPLE_BODIES;
