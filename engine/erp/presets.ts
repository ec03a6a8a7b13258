/** The dialect of each ERP. */
import { asaas } from './presets/asaas';
import { bacenPix } from './presets/bacen-pix';
import { bling } from './presets/bling';
import { generic } from './presets/generic';
import { kobana } from './presets/kobana';
import { mercadoLivre } from './presets/mercado-livre';
import { odoo } from './presets/odoo';
import { omie } from './presets/omie';
import { tiny } from './presets/tiny';
import { totvs } from './presets/totvs';
import { woovi } from './presets/woovi';
import type { ErpPreset, ErpSystem } from './types';

export const PRESETS: Readonly<Record<ErpSystem, ErpPreset>> = {
	omie,
	bling,
	asaas,
	kobana,
	tiny,
	bacenPix,
	woovi,
	mercadoLivre,
	odoo,
	totvs,
	generic,
};
