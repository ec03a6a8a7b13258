import type { Uf } from '../phone-ddd';

/**
 * The dates each state keeps besides the national ones: its data magna and the state laws commerce observes. Data only.
 * Points that are optional for commerce are left out (PR 19/12, GO 24/10, and SC's two dates, which its law moves
 * to Sundays); MT's and AL's 20/11 became national. Users add local dates themselves.
 * AL's June dates by its yearly decree (106.093 for 2026), AC's 17/11 by Lei 57/1965 (Decreto 11.809 for 2026), TO's 08/09 by Lei
 * 627/1993. AM's 08/12 is Manaus's alone (Lei municipal 496/1999).
 * Source: state laws as listed in public calendars; to be confirmed locally before it is promised to customers.
 */

/** `MM-DD`, or days after Easter Sunday. */
type StateDate = { on: string; name: string } | { easter: number; name: string };

export const STATE_HOLIDAYS: Record<Uf, StateDate[]> = {
	AC: [
		{ on: '06-15', name: 'Aniversário do Acre' },
		{ on: '11-17', name: 'Tratado de Petrópolis' },
	],
	AL: [
		{ on: '06-24', name: 'São João' },
		{ on: '06-29', name: 'São Pedro' },
		{ on: '09-16', name: 'Emancipação política de Alagoas' },
	],
	AM: [{ on: '09-05', name: 'Elevação do Amazonas a província' }],
	AP: [
		{ on: '03-19', name: 'São José' },
		{ on: '09-13', name: 'Criação do Território do Amapá' },
	],
	BA: [{ on: '07-02', name: 'Independência da Bahia' }],
	CE: [{ on: '03-25', name: 'Data Magna do Ceará' }],
	DF: [{ on: '11-30', name: 'Dia do Evangélico' }],
	ES: [{ easter: 8, name: 'Nossa Senhora da Penha' }],
	GO: [{ on: '07-26', name: 'Fundação da Cidade de Goiás' }],
	MA: [{ on: '07-28', name: 'Adesão do Maranhão à Independência' }],
	MG: [],
	MS: [{ on: '10-11', name: 'Criação de Mato Grosso do Sul' }],
	MT: [],
	PA: [{ on: '08-15', name: 'Adesão do Pará à Independência' }],
	PB: [{ on: '08-05', name: 'Fundação da Paraíba' }],
	PE: [{ on: '03-06', name: 'Revolução Pernambucana' }],
	PI: [{ on: '10-19', name: 'Dia do Piauí' }],
	PR: [],
	RJ: [
		{ easter: -47, name: 'Carnaval' },
		{ on: '04-23', name: 'São Jorge' },
	],
	RN: [{ on: '10-03', name: 'Mártires de Cunhaú e Uruaçu' }],
	RO: [{ on: '01-04', name: 'Criação de Rondônia' }],
	RR: [{ on: '10-05', name: 'Criação de Roraima' }],
	RS: [{ on: '09-20', name: 'Revolução Farroupilha' }],
	SC: [],
	SE: [{ on: '07-08', name: 'Emancipação política de Sergipe' }],
	SP: [{ on: '07-09', name: 'Revolução Constitucionalista' }],
	TO: [
		{ on: '09-08', name: 'Nossa Senhora da Natividade' },
		{ on: '10-05', name: 'Criação do Tocantins' },
	],
};
