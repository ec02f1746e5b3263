// A page of Shoelace: a launch of a rocket.
import '@shoelace-style/shoelace/dist/themes/light.css';
import '@shoelace-style/shoelace/dist/shoelace.js';

document.body.insertAdjacentHTML('beforeend', `<main style="max-width: 60rem; margin: 1rem auto; display: grid; gap: 1rem"><h1>Launch control</h1>
  <sl-alert id="done" variant="success" closable>Launch planned</sl-alert>
  <form id="plan" style="display: grid; gap: 1rem">
    <sl-input name="pilot" label="Pilot" help-text="Call sign" required clearable></sl-input>
    <sl-select name="planet" label="Planet" placeholder="Choose one"><sl-option value="m">Mars</sl-option><sl-option value="v">Venus</sl-option><sl-option value="s">Saturn</sl-option></sl-select>
    <sl-radio-group name="orbit" label="Orbit" value="low"><sl-radio value="low">Low</sl-radio><sl-radio value="high">High</sl-radio></sl-radio-group>
    <sl-checkbox name="tested">Engine tested</sl-checkbox><sl-switch name="auto">Automatic landing</sl-switch>
    <sl-range name="thrust" label="Thrust" min="0" max="100" value="40"></sl-range><sl-textarea name="notes" label="Notes"></sl-textarea>
    <div><sl-button type="submit" variant="primary">Plan the launch</sl-button> <sl-button id="abort" variant="danger">Abort</sl-button></div></form>
  <sl-dialog id="sure" label="Abort the launch?">The countdown stops.<sl-button slot="footer" id="yes" variant="danger">Yes, abort</sl-button></sl-dialog>
  <sl-dropdown><sl-button slot="trigger" caret>Mission</sl-button><sl-menu id="menu"><sl-menu-item value="rename">Rename</sl-menu-item><sl-menu-item value="archive">Archive</sl-menu-item></sl-menu></sl-dropdown>
  <sl-tab-group><sl-tab slot="nav" panel="crew">Crew</sl-tab><sl-tab slot="nav" panel="cargo">Cargo</sl-tab><sl-tab-panel name="crew">Three people</sl-tab-panel><sl-tab-panel name="cargo">Two tons of bread</sl-tab-panel></sl-tab-group>
  <sl-details summary="Weather">Clear, wind from the west</sl-details><p id="state" role="status">Waiting</p></main>`);

const by = (id) => document.getElementById(id);
const state = (text) => { by('state').textContent = text; };
by('plan').addEventListener('submit', (event) => {
  event.preventDefault();
  const { pilot, planet, orbit } = Object.fromEntries(new FormData(event.target));
  state(`${pilot} flies to ${planet || 'nowhere'}, ${orbit} orbit`);
  by('done').show();
});
by('abort').addEventListener('click', () => by('sure').show());
by('yes').addEventListener('click', () => { by('sure').hide(); state('Aborted'); });
by('menu').addEventListener('sl-select', (event) => state(`Mission: ${event.detail.item.value}`));
